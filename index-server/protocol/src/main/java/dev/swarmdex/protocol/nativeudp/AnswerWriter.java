package dev.swarmdex.protocol.nativeudp;

import java.nio.ByteBuffer;

/**
 * Writes the answer to a {@link TreeSearch}, a {@link Reply.Contents} that is all, into a buffer that it uses again and again.
 * What does not fit, or can't be carried, makes {@link #isWhole} false: then {@link ContentsPage} finds out what to answer.
 * For one thread.
 */
public final class AnswerWriter {

    private static final int LISTINGS = Limits.REPLY_HEADER + 2 * Long.BYTES;
    private static final int ID_BYTES = 1 + TreeSearch.ALGORITHM.length + 1 + TreeSearch.DIGEST;
    private static final int MOST_SOURCES = 255;

    private final ByteBuffer reply = ByteBuffer.allocateDirect(Limits.DATAGRAM);
    private final byte[] digest = new byte[TreeSearch.DIGEST];
    private byte[] content = digest;
    private int nameStart;
    private int nameLength;
    private long size;
    private int listings;
    /** Where the number of the listing's sources is; 0 before its first one. */
    private int count;
    private boolean whole;

    /** A source's bytes in a reply, but for its since. */
    public static final class SourceForm {

        private final byte[] bytes;
        private final int since;

        /** The form of a source, whatever its since is. */
        public SourceForm(Source source) {
            ByteBuffer written = ByteBuffer.allocate(source.wireSize());
            new PacketWriter(written).source(source);
            bytes = written.array();
            since = 1 + Byte.toUnsignedInt(bytes[0]);
        }
    }

    /** Begins the answer to the request that the datagram holds. */
    public void begin(ByteBuffer datagram) {
        reply.clear();
        reply.put((byte) Limits.VERSION).put((byte) 'S').putInt(TreeSearch.requestId(datagram));
        reply.putLong(0).putLong(0).putShort((short) 0);
        datagram.get(TreeSearch.digest(datagram), digest);
        listings = 0;
        whole = true;
    }

    /**
     * Adds a content, which is written with its first source.
     *
     * @param bytes hold its name in UTF-8, and must stay as they are until its last source is added
     * @return whether the answer is still whole
     */
    public boolean content(byte[] bytes, int itsNameStart, int itsNameLength, long itsSize) {
        content = bytes;
        nameStart = itsNameStart;
        nameLength = itsNameLength;
        size = itsSize;
        count = 0;
        return whole;
    }

    /**
     * Adds a source of that content.
     *
     * @param since in milliseconds from 1970 on
     * @return whether the answer is still whole
     */
    public boolean source(SourceForm form, long since) {
        int begin = count == 0 ? Short.BYTES + nameLength + ID_BYTES + Long.BYTES + 1 : 0;
        whole &= begin + form.bytes.length <= reply.remaining() && nameLength <= Limits.NAME && since >= 0;
        if (!whole) {
            return false;
        }
        if (count == 0) {
            beginListing();
        }
        int at = reply.position();
        reply.put(form.bytes).putLong(at + form.since, since);
        int sources = Byte.toUnsignedInt(reply.get(count)) + 1;
        reply.put(count, (byte) sources);
        whole = sources < MOST_SOURCES;
        return whole;
    }

    /** Whether all that was added is in the answer. */
    public boolean isWhole() {
        return whole;
    }

    /** The datagram, good until the next one begins. */
    public ByteBuffer datagram() {
        return reply.flip();
    }

    private void beginListing() {
        reply.putShort((short) nameLength).put(content, nameStart, nameLength);
        reply.put((byte) TreeSearch.ALGORITHM.length).put(TreeSearch.ALGORITHM);
        reply.put((byte) TreeSearch.DIGEST).put(digest);
        reply.putLong(size);
        count = reply.position();
        reply.put((byte) 0).putShort(LISTINGS, (short) ++listings);
    }
}
