// IRIs made short enough to read, and back.

export const PREFIXES = Object.freeze({
  ht: "https://w3id.org/hypothread/ns#",
  prov: "http://www.w3.org/ns/prov#",
  skos: "http://www.w3.org/2004/02/skos/core#",
  org: "http://www.w3.org/ns/org#",
  oa: "http://www.w3.org/ns/oa#",
  qb: "http://purl.org/linked-data/cube#",
  dcat: "http://www.w3.org/ns/dcat#",
  dcterms: "http://purl.org/dc/terms/",
  schema: "https://schema.org/",
  cito: "http://purl.org/spar/cito/",
  dqv: "http://www.w3.org/ns/dqv#",
  sh: "http://www.w3.org/ns/shacl#",
  owl: "http://www.w3.org/2002/07/owl#",
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
});

const LOCAL_NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_-]*$/u;

/** `iri` as prefix and local name, as a query can write it, or null where no known prefix fits. */
export function prefixed(iri) {
  for (const [prefix, namespace] of Object.entries(PREFIXES)) {
    if (iri.startsWith(namespace) && LOCAL_NAME.test(iri.slice(namespace.length))) {
      return `${prefix}:${iri.slice(namespace.length)}`;
    }
  }
  return null;
}

/** The page that tells of an IRI, from `pages` by IRI: a version is a section of its hypothesis' page. */
export function pageOf(iri, pages) {
  const version = /^(.*\/hypothesis\/[^/]+)\/(\d+)$/.exec(iri);
  const whole = version && pages[version[1]];
  return pages[iri] ?? (whole ? `${whole}#iteration-${version[2]}` : undefined);
}

/** A name for an IRI that has no label: prefixed, or what follows the study's own IRI, or the IRI itself. */
export function shortName(iri, study) {
  return prefixed(iri) ?? (iri.startsWith(`${study}/`) ? iri.slice(study.length + 1) : iri);
}
