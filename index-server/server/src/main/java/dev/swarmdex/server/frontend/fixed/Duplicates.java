package dev.swarmdex.server.frontend.fixed;

/** Which registrations are refused, because there is such a one already. */
public enum Duplicates {
    /** Those of a content that anybody offers: the document's rule. */
    ANY,
    /** Those of a content that the same peer offers: several programs' rule. */
    PER_PEER
}
