package dev.swarmdex.store.state;

import dev.swarmdex.store.Content;

/** A content that someone offers, with its offers by session. */
record OpenContent(long number, Content content, NumberedSet<Offer> offers) implements Numbered {

    OpenContent(long number, Content content) {
        this(number, content, new NumberedSet<>());
    }
}
