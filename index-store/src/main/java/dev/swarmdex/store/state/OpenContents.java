package dev.swarmdex.store.state;

import dev.swarmdex.store.Content;
import dev.swarmdex.store.TreeSearch;
import java.util.Arrays;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The contents that someone offers, each in a row of its own: number, size, name and id as one record of bytes, and the set
 * of mappings that offer it.
 */
final class OpenContents {

    /** Numbers are kept in seven bits a byte, the lowest first: most are small. */
    private static final int DIGIT = 7;
    /** How many bytes the processor fetches at once. */
    private static final int CACHE_LINE = 64;

    private final Rows rows = new Rows();
    private final RecordLog records = new RecordLog();
    private final IntColumn offers = new IntColumn();
    private final byte[] draft = new byte[RecordLog.MOST];

    int size() {
        return rows.taken();
    }

    /** Adds a content that nobody offers yet, and returns its row. */
    int add(long number, byte[] name, byte[] id, long size) {
        int end = write(0, number);
        end = write(end, size + 1);
        end = write(end, name.length);
        end = write(end, id.length);
        System.arraycopy(name, 0, draft, end, name.length);
        end += name.length;
        System.arraycopy(id, 0, draft, end, id.length);
        int row = rows.take();
        records.add(row, draft, end + id.length);
        offers.set(row, IntSets.EMPTY);
        return row;
    }

    void remove(int row) {
        records.remove(row);
        rows.giveBack(row);
    }

    int offers(int row) {
        return offers.get(row);
    }

    void setOffers(int row, int set) {
        offers.set(row, set);
    }

    long number(int row) {
        return read(records.page(row), records.start(row));
    }

    String name(int row) {
        return new Parts(records, row).text();
    }

    Content content(int row) {
        var record = new Parts(records, row);
        return new Content(record.text(),
                ContentKey.text(record.page, record.name + record.nameLength, record.idLength), record.size);
    }

    byte[] nameBytes(int row) {
        var record = new Parts(records, row);
        return Arrays.copyOfRange(record.page, record.name, record.name + record.nameLength);
    }

    byte[] idBytes(int row) {
        var record = new Parts(records, row);
        int id = record.name + record.nameLength;
        return Arrays.copyOfRange(record.page, id, id + record.idLength);
    }

    /** Shows the content; the result is the receiver's. */
    boolean show(int row, TreeSearch.Receiver receiver) {
        var record = new Parts(records, row);
        return receiver.content(record.page, record.name, record.nameLength, record.size);
    }

    /** Reads where the content's record and offers are; the result says nothing, see {@link TreeSearch}. */
    int touch(int row) {
        return records.start(row) + offers.get(row);
    }

    /** Reads some of the content's record; the result says nothing, see {@link TreeSearch}. */
    int touchRecord(int row) {
        byte[] page = records.page(row);
        int start = records.start(row);
        return page[start] + page[Math.min(start + CACHE_LINE, page.length - 1)];
    }

    boolean hasName(int row, byte[] name) {
        var record = new Parts(records, row);
        return equal(record.page, record.name, record.nameLength, name);
    }

    boolean hasId(int row, byte[] id) {
        var record = new Parts(records, row);
        return equal(record.page, record.name + record.nameLength, record.idLength, id);
    }

    boolean has(int row, byte[] name, byte[] id, long size) {
        return new Parts(records, row).size == size && hasName(row, name) && hasId(row, id);
    }

    boolean hasId(int row) {
        return new Parts(records, row).idLength > 0;
    }

    int nameHash(int row) {
        var record = new Parts(records, row);
        return Bytes.hash(record.page, record.name, record.name + record.nameLength);
    }

    int idHash(int row) {
        var record = new Parts(records, row);
        int id = record.name + record.nameLength;
        return Bytes.hash(record.page, id, id + record.idLength);
    }

    /** Where the parts of a record are. Never leaves the method that makes it, so the compiler keeps it in registers. */
    private static final class Parts {

        private final byte[] page;
        private final long size;
        private final int name;
        private final int nameLength;
        private final int idLength;

        private Parts(RecordLog records, int row) {
            page = records.page(row);
            int sizeStart = next(page, records.start(row));
            int nameStart = next(page, sizeStart);
            int idStart = next(page, nameStart);
            size = read(page, sizeStart) - 1;
            nameLength = (int) read(page, nameStart);
            idLength = (int) read(page, idStart);
            name = next(page, idStart);
        }

        String text() {
            return new String(page, name, nameLength, UTF_8);
        }
    }

    private int write(int start, long value) {
        int at = start;
        for (long rest = value; rest != 0 || at == start; rest >>>= DIGIT) {
            draft[at++] = (byte) ((rest & 0x7f) | (rest >>> DIGIT == 0 ? 0 : 0x80));
        }
        return at;
    }

    private static long read(byte[] bytes, int start) {
        long value = 0;
        int at = start;
        for (int shift = 0;; shift += DIGIT) {
            byte digit = bytes[at++];
            value |= (digit & 0x7fL) << shift;
            if (digit >= 0) {
                return value;
            }
        }
    }

    /** Where the number that starts there ends. */
    private static int next(byte[] bytes, int start) {
        int at = start;
        while (bytes[at] < 0) {
            at++;
        }
        return at + 1;
    }

    private static boolean equal(byte[] page, int from, int length, byte[] other) {
        return Arrays.equals(page, from, from + length, other, 0, other.length);
    }
}
