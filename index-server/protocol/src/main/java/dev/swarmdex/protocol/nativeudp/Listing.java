package dev.swarmdex.protocol.nativeudp;

import java.util.List;

/** A content and the sources of it that one datagram holds, at least one. */
public record Listing(Content content, List<Source> sources) {

    /** Checks that there is a source. */
    public Listing {
        sources = List.copyOf(sources);
        if (sources.isEmpty() || sources.size() > 255) {
            throw new IllegalArgumentException("a listing has 1 to 255 sources, not " + sources.size());
        }
    }

    int wireSize() {
        int bytes = content.wireSize() + 1;
        for (Source source : sources) {
            bytes += source.wireSize();
        }
        return bytes;
    }
}
