package dev.swarmdex.peer.host.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whose plugins are loaded: those with a known SHA-256 sum and those with a signature, in a file {@code <jar>.sig} beside
 * them, that a public key verifies. If neither is asked for, anybody's. Immutable.
 */
public final class Trust {

    /** Loads whatever is there. */
    public static final Trust ANYBODY = new Trust(Set.of(), Optional.empty());

    private static final String KEY_ALGORITHM = "Ed25519";
    private static final int SIGNATURE_BYTES = 64;
    private static final int BUFFER = 1 << 16;

    private final Set<String> sums;
    private final Optional<PublicKey> key;

    private Trust(Set<String> sums, Optional<PublicKey> key) {
        this.sums = sums;
        this.key = key;
    }

    /**
     * Trusts jars with one of these sums or signed by that key.
     *
     * @param sums SHA-256 in hexadecimal
     * @param key an Ed25519 public key in Base64, as between the lines of its PEM file
     * @throws IllegalArgumentException with a message for the operator, beginning with the config's key at fault
     */
    public static Trust of(Iterable<String> sums, Optional<String> key) {
        Set<String> known = new HashSet<>();
        for (String sum : sums) {
            String digits = sum.toLowerCase(Locale.ROOT);
            if (!digits.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException(
                        "trusted-sums: not a SHA-256 sum: \"" + sum
                                + "\" (64 hexadecimal digits, as sha256sum prints)");
            }
            known.add(digits);
        }
        return new Trust(Set.copyOf(known), key.map(Trust::publicKey));
    }

    private static PublicKey publicKey(String base64) {
        try {
            byte[] encoded = Base64.getDecoder().decode(base64);
            return KeyFactory.getInstance(KEY_ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "public-key: not an Ed25519 public key in Base64, as between the BEGIN and"
                            + " END lines that openssl pkey -pubout prints",
                    e);
        }
    }

    boolean needsSignatures() {
        return key.isPresent();
    }

    /**
     * Checks the bytes that will be loaded.
     *
     * @param copy which nobody else can change
     * @param signature the file beside the operator's jar, which need not be there
     */
    void check(Path copy, Path signature) throws RefusedJarException {
        if (sums.isEmpty() && key.isEmpty()) {
            return;
        }
        try {
            String sum = sha256(copy);
            if (!sums.contains(sum) && !isSigned(copy, signature)) {
                throw new RefusedJarException("it is not trusted: " + cure(sum, signature));
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new RefusedJarException("it can't be told whether it is trusted: " + e.getMessage(), e);
        }
    }

    private String cure(String sum, Path signature) {
        String listed = "add its SHA-256 sum " + sum + " to plugins.trusted-sums";
        return key.isEmpty()
                ? listed
                : (Files.exists(signature) ? signature.getFileName() + " is not its signature by plugins.public-key"
                        : "there is no " + signature.getFileName()) + "; sign it again, or " + listed;
    }

    private static String sha256(Path file) throws IOException, GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        feed(file, digest::update);
        return HexFormat.of().formatHex(digest.digest());
    }

    private boolean isSigned(Path file, Path signatureFile) throws IOException, GeneralSecurityException {
        if (key.isEmpty() || !Files.isRegularFile(signatureFile) || Files.size(signatureFile) != SIGNATURE_BYTES) {
            return false;
        }
        Signature signature = Signature.getInstance(KEY_ALGORITHM);
        signature.initVerify(key.get());
        feed(file, signature::update);
        try {
            return signature.verify(Files.readAllBytes(signatureFile));
        } catch (SignatureException malformed) {
            return false;
        }
    }

    private interface Consumer {

        void accept(byte[] bytes, int offset, int length) throws GeneralSecurityException;
    }

    private static void feed(Path file, Consumer consumer) throws IOException, GeneralSecurityException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                consumer.accept(buffer, 0, read);
            }
        }
    }
}
