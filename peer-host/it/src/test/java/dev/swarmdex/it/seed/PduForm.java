package dev.swarmdex.it.seed;

/** How seed 000 lays out a file in its C PDUs. */
public enum PduForm {

    /** Data is {@code packet_id;} and content, as the document says. */
    DOCUMENT,

    /** Data is content alone, as the public program does it. */
    PROGRAM
}
