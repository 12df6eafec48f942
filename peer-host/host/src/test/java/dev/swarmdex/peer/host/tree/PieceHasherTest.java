package dev.swarmdex.peer.host.tree;

import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.api.PieceSize;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class PieceHasherTest {

    private static final int PIECE = PieceSize.SMALLEST;

    /** The roots were computed with Python's hashlib, from BEP 52's text. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
            1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d
            16383, ec0a4ea335df9a6b0411ab8e8369726bb67e790fa170de5bb09a46da85184ee8
            16384, 3c64236826a61252df2e28f46a04ea797c9e08831318c4a66db2899644cc832f
            16385, 0930c5722d32a1c2c7c42d3c0b1d7018e1c48c322b3addb2a81c04af5183f39e
            32768, c55d9c60336884e2d96253b9756db15aa614acf989b562b0d0a53a3e50a5aa0a
            49157, bd36094a6cf07dcc7090a2fed588ad664fbf6585cd2333d1162ae2774265e832
            65535, 673db0d829baa63a9c8b8c838db9fb89828d5fe4c7e838a96ec9da5380280c83
            65536, 075f5f4900b25b99e2b14f27993e32f9788108f72c886fb90c7f6480fb92e69a
            65537, 2357051b7bfae61c309e1eabe5da15a55b77f42745ce5880a3fcd7d21c60fc2a
            196608, 0ee9d9875c699b5da0e4818e51b2648b179d38fc6c4b86c5bfae00c35efb7c62
            327679, 1314bc700806876871fd4ab46fab43fd25880bd0376bcdd5bb2e9a3bbbb695d3
            344067, 9f06d1a05571d31f8d178e43450412bee77fb6863728a4ccd17818fe32f7a40d
            1000003, 10cf186842d086bd4847d4b6142bed24efc39fa60117d1f229715bb30b35dd12
            """)
    void theRootIsTheOneComputedElsewhere(int size, String root) {
        HashTree tree = HashTree.of(JdkHasher.SHA256, size, piecesOf(JdkHasher.SHA256, Contents.ofSize(size)));

        assertThat(tree.root().hex()).isEqualTo(root);
        assertThat(tree.root().algorithm()).isEqualTo("sha256-tree");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16383, 16384, 16385, 2 * 16384, 3 * 16384 + 5, PIECE - 1, PIECE, PIECE + 1,
            2 * PIECE - 1,
            2 * PIECE, 2 * PIECE + 1, 3 * PIECE, 5 * PIECE - 1, 5 * PIECE + 16384 + 3, 7 * PIECE + 1, 16 * PIECE,
            17 * PIECE + 9})
    void piecesAndRootAreThoseOfThePlainDefinition(int size) {
        byte[] content = Contents.ofSize(size);
        for (FileHasher hasher : new FileHasher[]{JdkHasher.SHA256, JdkHasher.SHA512}) {
            ReferenceTree reference = new ReferenceTree(hasher, content);
            byte[] pieces = piecesOf(hasher, content);

            if (size > PIECE) {
                assertThat(pieces).isEqualTo(reference.pieces(PIECE, HashTree.pieceCount(size)));
            } else {
                assertThat(pieces).isEqualTo(reference.root());
            }
            assertThat(HashTree.of(hasher, size, pieces).root().hex())
                    .isEqualTo(HexFormat.of().formatHex(reference.root()));
        }
    }

    @Test
    void theSizesOfTheChunksMakeNoDifference() {
        byte[] content = Contents.ofSize(PIECE);
        byte[] expected = piecesOf(JdkHasher.SHA256, content);
        Random random = new Random(7);
        PieceHasher hasher = new PieceHasher(JdkHasher.SHA256, content.length);
        for (int round = 0; round < 50; round++) {
            ByteBuffer bytes = round % 2 == 0 ? ByteBuffer.wrap(content)
                    : ByteBuffer.allocateDirect(PIECE).put(content);
            bytes.clear();
            while (bytes.position() < content.length) {
                int chunk = Math.min(random.nextInt(0, 40_000), content.length - bytes.position());
                hasher.update(bytes.limit(bytes.position() + chunk));
            }
            assertThat(hasher.finish()).isEqualTo(expected);
        }
    }

    @Test
    void moreBytesThanAPieceHasAreRefused() {
        PieceHasher hasher = new PieceHasher(JdkHasher.SHA256, 10L * PIECE);
        hasher.update(ByteBuffer.allocate(PIECE));

        assertThatIllegalStateException().isThrownBy(() -> hasher.update(ByteBuffer.allocate(1)));
        PieceHasher small = new PieceHasher(JdkHasher.SHA256, 5);
        assertThatIllegalStateException().isThrownBy(() -> small.update(ByteBuffer.allocate(6)));
    }

    @Test
    void aPieceOfNoBytesHasNoDigestUnlessTheContentIsEmpty() {
        PieceHasher hasher = new PieceHasher(JdkHasher.SHA256, 10);

        assertThatIllegalStateException().isThrownBy(hasher::finish);
        assertThat(new PieceHasher(JdkHasher.SHA256, 0).finish())
                .isEqualTo(JdkHasher.SHA256.newDigest().digest());
    }

    @Test
    void impossibleSizesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PieceHasher(JdkHasher.SHA256, -1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PieceHasher(JdkHasher.SHA256, HashTree.LARGEST_CONTENT + 1));
    }

    static byte[] piecesOf(FileHasher hasher, byte[] content) {
        PieceHasher pieces = new PieceHasher(hasher, content.length);
        ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        int pieceSize = PieceSize.of(content.length);
        for (int from = 0; from == 0 || from < content.length; from += pieceSize) {
            pieces.update(
                    ByteBuffer.wrap(Arrays.copyOfRange(content, from, Math.min(from + pieceSize, content.length))));
            hashes.writeBytes(pieces.finish());
        }
        return hashes.toByteArray();
    }
}
