package dev.swarmdex.protocol.nativeudp;

import dev.swarmdex.protocol.WireText;
import java.util.Optional;

/** A content by its name, and its id if the name alone is not meant. The bounds are those of {@link Content}. */
public record Name(String name, Optional<String> id) {

    /** Checks the name and the id. */
    public Name {
        WireText.check("content name", name, 1, Limits.NAME);
        id.ifPresent(ContentIds::check);
    }

    int wireSize() {
        return 2 + WireText.utf8Length(name) + ContentIds.wireSize(id);
    }
}
