package dev.swarmdex.peer.host.tree;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.PieceSize;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class HashTreeTest {

    private static final int SIZE = 5 * PieceSize.SMALLEST + 1;
    private final byte[] content = Contents.ofSize(SIZE);
    private final byte[] pieces = PieceHasherTest.piecesOf(JdkHasher.SHA256, content);
    private final HashTree tree = HashTree.of(JdkHasher.SHA256, SIZE, pieces);

    @Test
    void pieceHashesThatFoldToTheRootAreAccepted() {
        assertThat(HashTree.verified(JdkHasher.SHA256, tree.root(), SIZE, pieces)).contains(tree);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16384, PieceSize.SMALLEST})
    void aContentOfOnePieceHasItsRootForThePiecesDigest(int size) {
        byte[] hashes = PieceHasherTest.piecesOf(JdkHasher.SHA256, Contents.ofSize(size));
        ContentId root = new ContentId("sha256-tree", HexFormat.of().formatHex(hashes));

        HashTree only = HashTree.verified(JdkHasher.SHA256, root, size, hashes).orElseThrow();

        assertThat(only.pieceCount()).isEqualTo(1);
        assertThat(only.matches(0, hashes)).isTrue();
    }

    @Test
    void anyChangedByteIsDetected() {
        for (int i = 0; i < pieces.length; i++) {
            byte[] changed = pieces.clone();
            changed[i] ^= 1;
            assertThat(HashTree.verified(JdkHasher.SHA256, tree.root(), SIZE, changed)).isEmpty();
        }
    }

    @Test
    void swappedPiecesAreDetected() {
        byte[] swapped = pieces.clone();
        System.arraycopy(pieces, 0, swapped, 32, 32);
        System.arraycopy(pieces, 32, swapped, 0, 32);

        assertThat(HashTree.verified(JdkHasher.SHA256, tree.root(), SIZE, swapped)).isEmpty();
    }

    @Test
    void anyWrongLengthIsRefused() {
        for (int length = 0; length < pieces.length + 65; length++) {
            if (length != pieces.length) {
                byte[] claim = Arrays.copyOf(pieces, length);
                assertThat(HashTree.verified(JdkHasher.SHA256, tree.root(), SIZE, claim)).isEmpty();
                assertThatIllegalArgumentException().isThrownBy(() -> HashTree.of(JdkHasher.SHA256, SIZE, claim));
            }
        }
    }

    @Test
    void aSizeThatDoesNotFitThePiecesIsRefused() {
        for (long size : new long[]{-1, 0, 1, SIZE - 2, SIZE + PieceSize.SMALLEST, HashTree.LARGEST_CONTENT,
                HashTree.LARGEST_CONTENT + 1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThat(HashTree.verified(JdkHasher.SHA256, tree.root(), size, pieces)).isEmpty();
        }
    }

    @Test
    void anotherAlgorithmsRootIsRefused() {
        ContentId foreign = new ContentId("other-tree", tree.root().hex());

        assertThat(HashTree.verified(JdkHasher.SHA256, foreign, SIZE, pieces)).isEmpty();
        assertThat(HashTree.verified(JdkHasher.SHA512, tree.root(), SIZE, pieces)).isEmpty();
    }

    @Test
    void itTellsThePiecesApart() {
        assertThat(tree.pieceCount()).isEqualTo(6);
        assertThat(tree.pieceSize()).isEqualTo(PieceSize.SMALLEST);
        for (int piece = 0; piece < 6; piece++) {
            byte[] hash = Arrays.copyOfRange(pieces, piece * 32, piece * 32 + 32);
            assertThat(tree.matches(piece, hash)).isTrue();
            assertThat(tree.matches((piece + 1) % 6, hash)).isFalse();
            assertThat(tree.matches(piece, Arrays.copyOf(hash, 31))).isFalse();
        }
    }

    @Test
    void itCannotBeChangedFromOutside() {
        byte[] given = pieces.clone();
        HashTree mine = HashTree.of(JdkHasher.SHA256, SIZE, given);
        given[0] ^= 1;
        mine.pieceHashes()[1] ^= 1;

        assertThat(mine.pieceHashes()).isEqualTo(pieces);
    }

    @Test
    void theLargestContentHasABoundedNumberOfPieces() {
        assertThat(HashTree.pieceCount(HashTree.LARGEST_CONTENT)).isEqualTo(1 << 20);
        assertThatIllegalArgumentException().isThrownBy(() -> HashTree.pieceCount(HashTree.LARGEST_CONTENT + 1));
    }
}
