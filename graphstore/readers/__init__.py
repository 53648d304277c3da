"""SPARQL and RDF text from outside, parsed and evaluated in processes that can be killed."""
