package dev.swarmdex.protocol.nativeudp;

import java.util.List;

/** A content and the sources of it that one datagram holds. */
public record Listing(Content content, List<Source> sources) {}
