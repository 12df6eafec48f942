/**
 * Search in names by words, beginnings of words and misspelt words.
 *
 * <p>By Lucene, since neither database has all three: H2's full text keeps whole words only, in tables that each
 * registration would have to write; PostgreSQL's has beginnings but no misspelt words. Lucene's index lies in files of
 * its own, of which the page cache holds what is used, and costs the heap and the writer next to nothing. It is made
 * anew at each start: it says nothing that the database does not say, and so never has to be compared with it.
 */
@NullMarked
package dev.swarmdex.store.names;

import org.jspecify.annotations.NullMarked;
