package dev.swarmdex.store;

import java.util.List;
import java.util.Optional;

/** Part of a list of listings, ordered by content number and session number; {@code next} is empty at the end. */
public record Page(List<Listing> listings, Optional<Cursor> next) {}
