package dev.swarmdex.plugin.session;

import dev.swarmdex.peer.api.SharedContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;

/** The digest that seed 002's programs check files with. It finds damage, not forgery. */
final class Md5 {

    private Md5() {}

    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has it", e);
        }
    }

    /**
     * The MD5 of a shared content in lower-case hexadecimal, which takes a read of all of it.
     *
     * @param wanted asked again and again; false ends the reading with an IOException
     */
    static String of(SharedContent content, BooleanSupplier wanted) throws IOException {
        MessageDigest digest = newDigest();
        content.read(0, content.size(), new Digesting(digest, wanted));
        return HexFormat.of().formatHex(digest.digest());
    }

    private record Digesting(MessageDigest digest, BooleanSupplier wanted) implements WritableByteChannel {

        @Override
        public int write(ByteBuffer source) throws IOException {
            if (!wanted.getAsBoolean()) {
                throw new IOException("nobody waits for the digest any more");
            }
            int length = source.remaining();
            digest.update(source);
            return length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // a digest needs none
        }
    }
}
