package dev.swarmdex.store;

/** Why a mapping or a session ended. */
public enum EndedBy {
    /** The peer said so. */
    DEREGISTERED,
    /** Its lease ran out. */
    EXPIRED,
    /** The same peer registered other bytes under the name, or came back with other endpoints. */
    REPLACED,
    /** The connection that carried it closed. */
    DISCONNECTED
}
