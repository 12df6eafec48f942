/**
 * What the index is now, and what a change does to it. In memory only; knows no SQL.
 *
 * <p><b>Why no objects.</b> Ten million mappings as Java objects take some 1.4 KB each with the maps that find them. Here a
 * mapping takes about 80 bytes (by the sizes of its parts) over those of its name and id, and nothing to be collected:
 * <ul>
 * <li>{@link dev.swarmdex.store.state.OpenContents}: number, size, name and id of a content as one record of bytes in a
 * {@link dev.swarmdex.store.state.RecordLog}, which moves records together as others go. An id of our own hasher is
 * its 32 bytes, not the 76 characters that spell them.
 * <li>{@link dev.swarmdex.store.state.OpenOffers}: mappings as rows of four columns.
 * <li>{@link dev.swarmdex.store.state.HashIndex} finds a row by what the row itself says, so it keeps no keys; it grows by
 * splitting one small table, so that nobody ever waits while millions of rows are hashed anew.
 * <li>{@link dev.swarmdex.store.state.IntSets} are the contents of one name, the contents with one id and the mappings of one
 * content, in the order in which pages show them. A set of one takes no space.
 * </ul>
 *
 * <p><b>One writer, many readers.</b> All of it is guarded by one lock, held for a microsecond per effect by the writer and for
 * some ten by a reader, never for a whole batch or page. That is simpler to get right than structures without locks,
 * and as nothing that grows is ever copied whole, nobody holds it for long.
 *
 * <p><b>Why no library.</b> The primitive maps of fastutil, HPPC, Agrona and Eclipse Collections keep a key beside each value,
 * or can't be searched by a key that is not in them; they copy themselves whole when they grow, which at ten million rows
 * takes most of a second and half as much memory again; and none holds records of bytes.
 */
@NullMarked
package dev.swarmdex.store.state;

import org.jspecify.annotations.NullMarked;
