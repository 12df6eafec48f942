package dev.swarmdex.store.names;

import dev.swarmdex.store.state.Names.Found;
import dev.swarmdex.store.state.Names.Named;
import dev.swarmdex.store.state.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

/**
 * Lucene's files of names: a document for each content, with its number and its words. Nothing in them has to last, so nothing is
 * committed or forced to the disk. One thread writes and closes; any number search.
 */
final class NameFiles implements AutoCloseable {

    private static final String NUMBER = "number";
    private static final String KEY = "key";
    private static final String WORD = "word";
    private static final Sort BY_NUMBER = new Sort(
            LongField.newSortField(NUMBER, false, SortedNumericSelector.Type.MIN));
    private static final double BUFFER_MEGABYTES = 16;
    private static final String BEGINNING = "swarmdex-names-";
    /** Far longer than a server takes from making a folder to locking it. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    /** One letter may be wrong in words of that length, two in the long ones; short words are all alike. */
    private static final int SHORTEST_MISSPELT = 4;
    private static final int LONG_WORD = 8;
    /** Longer ones are no words but numbers and the like, and each letter more makes looking for their spellings slower. */
    private static final int LONGEST_MISSPELT = 20;
    /** The first letter is taken to be right: that is what makes the search fast. */
    private static final int RIGHT_LETTERS = 1;
    /** So many that all the words of a search, each with its spellings, are fewer than the 1024 clauses that Lucene takes. */
    private static final int MOST_SPELLINGS = 48;

    private static final Logger LOG = LoggerFactory.getLogger(NameFiles.class);
    /** Kept, since the levels of forgotten loggers are forgotten with them. */
    private static final java.util.logging.Logger LUCENE = java.util.logging.Logger.getLogger("org.apache.lucene");

    static {
        // it would advise on the standard error to use an incubating module
        LUCENE.setLevel(Level.SEVERE);
    }

    private final Path folder;
    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    /** No higher number was ever written: what is above it is new. */
    private long highest;

    private NameFiles(Path folder, Directory directory, IndexWriter writer, SearcherManager searchers) {
        this.folder = folder;
        this.directory = directory;
        this.writer = writer;
        this.searchers = searchers;
    }

    /** Makes empty files in the folder, in place of whatever is in it. */
    static NameFiles create(Path folder) throws IOException {
        if (Files.exists(folder)) {
            empty(folder);
        }
        return open(folder);
    }

    /** Makes empty files in a new folder, after removing the folders of servers that are gone. */
    static NameFiles createIn(Path parent) throws IOException {
        Path folder = Files.createTempDirectory(parent, BEGINNING);
        try (var folders = Files.newDirectoryStream(parent, BEGINNING + "*")) {
            UserPrincipal user = Files.getOwner(folder);
            for (Path other : folders) {
                removeIfAbandoned(other, user);
            }
        }
        return open(folder);
    }

    private static NameFiles open(Path folder) throws IOException {
        Directory directory = FSDirectory.open(folder);
        try {
            var writer = new IndexWriter(directory, new IndexWriterConfig().setOpenMode(OpenMode.CREATE)
                    .setCommitOnClose(false).setMergeScheduler(new SerialMergeScheduler())
                    .setRAMBufferSizeMB(BUFFER_MEGABYTES));
            return new NameFiles(folder, directory, writer, new SearcherManager(writer, null));
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    void clear() throws IOException {
        writer.deleteAll();
        highest = 0;
    }

    /** Adds contents that are not there, in the order of their numbers. */
    void add(List<Named> contents) throws IOException {
        for (Named each : contents) {
            writer.addDocument(document(each.number(), Words.ofName(each.name())));
            highest = each.number();
        }
    }

    /** Writes what changed, shows it, and lets it go. */
    void write(RecentNames recent) throws IOException {
        Map<Long, RecentNames.Recent> changes = recent.all();
        for (Map.Entry<Long, RecentNames.Recent> change : changes.entrySet()) {
            write(change.getKey(), change.getValue());
        }
        // not before: they come in no order, and what is new need not look for an old one
        highest = changes.keySet().stream().reduce(highest, Math::max);
        searchers.maybeRefreshBlocking();
        changes.forEach(recent::written);
    }

    /** How many names there are, about. */
    int size() {
        return writer.getDocStats().numDocs;
    }

    /** The contents from that number on whose names hold the words. */
    Found exactly(Words words, long from, int most) throws IOException {
        return find(all(words, NameFiles::exactly), from, most);
    }

    /** The contents from that number on whose names hold the words, or such as are spelt nearly so. */
    Found nearly(Words words, long from, int most) throws IOException {
        return find(all(words, NameFiles::nearly), from, most);
    }

    /** Whether any name holds the words. */
    boolean has(Words words) throws IOException {
        return !find(all(words, NameFiles::exactly), 0, 1).numbers().isEmpty();
    }

    @Override
    public void close() throws IOException {
        try (directory) {
            searchers.close();
            writer.rollback();
        } finally {
            empty(folder);
            Files.delete(folder);
        }
    }

    private void write(long number, RecentNames.Recent change) throws IOException {
        Term key = new Term(KEY, key(number));
        if (change.name().isEmpty()) {
            writer.deleteDocuments(key);
        } else if (number <= highest) {
            writer.updateDocument(key, document(number, change.words()));
        } else {
            writer.addDocument(document(number, change.words()));
        }
    }

    private Found find(Query query, long from, int most) throws IOException {
        Query wanted = from == 0
                ? query
                : new BooleanQuery.Builder().add(query, Occur.FILTER)
                        .add(LongField.newRangeQuery(NUMBER, from, Long.MAX_VALUE), Occur.FILTER).build();
        IndexSearcher searcher = searchers.acquire();
        try {
            List<Long> numbers = new ArrayList<>();
            for (ScoreDoc hit : searcher.search(wanted, most + 1, BY_NUMBER).scoreDocs) {
                numbers.add((Long) ((FieldDoc) hit).fields[0]);
            }
            boolean more = numbers.size() > most;
            return new Found(more ? numbers.subList(0, most) : numbers, more);
        } finally {
            searchers.release(searcher);
        }
    }

    private interface Spelling {

        Query of(String word);
    }

    private static Query all(Words words, Spelling spelling) {
        var query = new BooleanQuery.Builder();
        words.words().forEach(word -> query.add(spelling.of(word), Occur.FILTER));
        return query.build();
    }

    private static Query exactly(String word) {
        Term term = new Term(WORD, word);
        return Words.isBeginning(word) ? new PrefixQuery(term) : new TermQuery(term);
    }

    private static Query nearly(String word) {
        if (word.length() < SHORTEST_MISSPELT || word.length() > LONGEST_MISSPELT) {
            return exactly(word);
        }
        int edits = word.length() < LONG_WORD ? 1 : 2;
        return new BooleanQuery.Builder().add(exactly(word), Occur.SHOULD)
                .add(new FuzzyQuery(new Term(WORD, word), edits, RIGHT_LETTERS, MOST_SPELLINGS, true), Occur.SHOULD)
                .build();
    }

    private static Document document(long number, Collection<String> words) {
        var document = new Document();
        document.add(new LongField(NUMBER, number, Store.NO));
        document.add(new StringField(KEY, key(number), Store.NO));
        words.forEach(word -> document.add(new StringField(WORD, word, Store.NO)));
        return document;
    }

    private static String key(long number) {
        return Long.toString(number, Character.MAX_RADIX);
    }

    private static void empty(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    /** Removes a folder that nobody has locked. What others own is not ours to look into, nor where their links lead. */
    private static void removeIfAbandoned(Path folder, UserPrincipal user) {
        try {
            if (Files.isDirectory(folder, NOFOLLOW_LINKS) && Files.getOwner(folder, NOFOLLOW_LINKS).equals(user)
                    && Files.getLastModifiedTime(folder).toInstant().plus(YOUNG).isBefore(Instant.now())) {
                try (Directory directory = FSDirectory.open(folder);
                        Lock _ = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
                    empty(folder);
                }
                Files.delete(folder);
            }
        } catch (LockObtainFailedException e) {
            LOG.debug("{} belongs to a server that lives", folder, e);
        } catch (IOException e) {
            LOG.warn("{} is of a server that is gone, but can't be removed: {}", folder, e.toString());
        }
    }
}
