package dev.swarmdex.plugin.md5;

import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.testkit.FileHasherContract;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

class Md5TreeHasherTest extends FileHasherContract {

    @Override
    protected FileHasher hasher() {
        return new Md5TreeHasher();
    }

    @ParameterizedTest
    @CsvSource({
            "'', d41d8cd98f00b204e9800998ecf8427e",
            "abc, 900150983cd24fb0d6963f7d28e17f72",
            "message digest, f96b697d7cb7938d525a2f31aaf161d0"})
    void digests_are_those_of_rfc_1321(String text, String digest) {
        assertThat(HexFormat.of().formatHex(hasher().newDigest().digest(text.getBytes(US_ASCII)))).isEqualTo(digest);
    }

    @Test
    void its_content_ids_begin_with_md5_tree() {
        assertThat(hasher().algorithm()).isEqualTo("md5-tree");
    }
}
