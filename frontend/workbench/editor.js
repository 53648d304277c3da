// The editor: CodeMirror in a shadow root, where it can adopt style sheets instead of writing <style> elements, which a
// strict content security policy forbids.

import { autocompletion, closeBrackets, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";
import { sparqlCompletions } from "./completion.js";

const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "#003087", fontWeight: "bold" },
  { tag: tags.variableName, color: "#7c2855" },
  { tag: [tags.string, tags.annotation], color: "#00594c" },
  { tag: [tags.url, tags.namespace, tags.typeName], color: "#330072" },
  { tag: [tags.integer, tags.float, tags.bool], color: "#8a3b00" },
  { tag: tags.comment, color: "#4c6272" },
]);

const LOOK = EditorView.theme({
  "&": { fontSize: "16px", backgroundColor: "#fff", color: "#212b32", border: "2px solid #4c6272" },
  "&.cm-focused": { outline: "4px solid #ffeb3b", outlineOffset: "0", borderColor: "#212b32" },
  ".cm-scroller": { fontFamily: "Menlo, Consolas, 'Liberation Mono', monospace", lineHeight: "1.5", minHeight: "12em", maxHeight: "60vh" },
  ".cm-gutters": { backgroundColor: "#f0f4f5", color: "#4c6272", borderRight: "1px solid #d8dde0" },
  ".cm-activeLine": { backgroundColor: "#f0f4f580" },
  ".cm-cursor": { borderLeftWidth: "2px" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy #d5281b" },
  ".cm-tooltip": { fontSize: "16px", maxWidth: "min(36em, 90vw)" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "#005eb8", color: "#fff" },
  ".cm-tooltip-autocomplete > ul > li": { overflow: "hidden", textOverflow: "ellipsis" },
  ".cm-completionDetail": { fontStyle: "normal", color: "#4c6272" },
  "li[aria-selected] .cm-completionDetail": { color: "#fff" },
  ".cm-completionIcon": { display: "none" },
});

/** The place of a line and column that count from 1, kept inside the document. */
function offsetAt(doc, line, column) {
  const found = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return Math.min(found.from + Math.max(column - 1, 0), found.to);
}

/** An editor inside `host`. `onRun` is called for Ctrl/Cmd-Enter, `onFocus` when it is entered, `terms` by completion. */
export function createEditor(host, { label, onRun, onFocus, terms }) {
  const root = host.attachShadow({ mode: "open" });
  const run = { key: "Mod-Enter", run: () => (onRun(), true) };
  const extensions = [
    Prec.highest(keymap.of([run, { ...run, key: "Ctrl-Enter" }])),
    keymap.of([...completionKeymap, ...searchKeymap, ...historyKeymap, ...lintKeymap, ...defaultKeymap]),
    lineNumbers(),
    lintGutter(),
    history(),
    drawSelection(),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    autocompletion({ override: [sparqlCompletions(terms)], icons: false }),
    sparql(),
    syntaxHighlighting(COLOURS),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0", spellcheck: "false", autocapitalize: "off" }),
    EditorView.domEventHandlers({ focus: () => onFocus() }),
    LOOK,
  ];
  const view = new EditorView({ state: EditorState.create({ extensions }), parent: root, root });

  return {
    text: () => view.state.doc.toString(),
    setText(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: 0 } });
      view.dispatch(setDiagnostics(view.state, []));
    },
    focus: () => view.focus(),
    clearProblem: () => view.dispatch(setDiagnostics(view.state, [])),
    /** Marks the place in the gutter and under the text, and puts the cursor there. */
    showProblem({ message, line, column }) {
      const from = offsetAt(view.state.doc, line, column ?? 1);
      const word = view.state.wordAt(from);
      const to = Math.max(word?.to ?? from + 1, from + 1);
      const shown = { from: to > view.state.doc.length ? Math.max(from - 1, 0) : from, to: Math.min(to, view.state.doc.length) };
      view.dispatch(setDiagnostics(view.state, [{ ...shown, severity: "error", message }]));
      view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
    },
  };
}
