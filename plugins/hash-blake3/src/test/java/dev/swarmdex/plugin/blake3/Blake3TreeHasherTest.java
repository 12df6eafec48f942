package dev.swarmdex.plugin.blake3;

import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.testkit.FileHasherContract;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class Blake3TreeHasherTest extends FileHasherContract {

    @Override
    protected FileHasher hasher() {
        return new Blake3TreeHasher();
    }

    /** BLAKE3's official test vectors: the input is 0, 1, 2, … 250, 0, 1, … */
    @ParameterizedTest
    @CsvSource({
            "0, af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
            "1, 2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213",
            "1024, 42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7",
            "1025, d00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444"})
    void digests_are_those_of_the_official_test_vectors(int length, String digest) {
        byte[] input = new byte[length];
        for (int i = 0; i < length; i++) {
            input[i] = (byte) (i % 251);
        }
        assertThat(HexFormat.of().formatHex(hasher().newDigest().digest(input))).isEqualTo(digest);
    }

    @Test
    void its_content_ids_begin_with_blake3_tree() {
        assertThat(hasher().algorithm()).isEqualTo("blake3-tree");
    }
}
