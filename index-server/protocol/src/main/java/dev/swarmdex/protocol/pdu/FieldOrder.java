package dev.swarmdex.protocol.pdu;

/** Which order of fields, and with it which form of the list, replies have. */
public enum FieldOrder {
    /** {@code port;addr;filename}, and a list server by server with its names in packets: the document's. */
    PORT_ADDR_NAME,
    /** {@code filename;port;addr;}, and a list file by file: the public program's. */
    NAME_PORT_ADDR
}
