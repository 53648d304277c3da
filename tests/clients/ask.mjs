// Asks an endpoint as a script of a researcher would: a query, its answers as lines of JSON.
import { QueryEngine } from '@comunica/query-sparql';

const [address, form, query] = process.argv.slice(2);
const context = { sources: [{ type: 'sparql', value: address }] };
const engine = new QueryEngine();
if (form === 'rows') {
  for await (const row of await engine.queryBindings(query, context)) {
    console.log(JSON.stringify(Object.fromEntries([...row].map(([name, term]) => [name.value, term.value]))));
  }
} else if (form === 'truth') {
  console.log(JSON.stringify(await engine.queryBoolean(query, context)));
} else {
  for await (const quad of await engine.queryQuads(query, context)) {
    console.log(JSON.stringify([quad.subject.value, quad.predicate.value, quad.object.value]));
  }
}
