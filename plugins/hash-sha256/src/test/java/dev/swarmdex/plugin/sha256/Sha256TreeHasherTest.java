package dev.swarmdex.plugin.sha256;

import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.testkit.FileHasherContract;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

class Sha256TreeHasherTest extends FileHasherContract {

    @Override
    protected FileHasher hasher() {
        return new Sha256TreeHasher();
    }

    @Test
    void digests_are_those_of_fips_180() {
        byte[] digest = hasher().newDigest().digest("abc".getBytes(US_ASCII));
        assertThat(HexFormat.of().formatHex(digest)).isEqualTo(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void it_names_its_content_ids_as_the_design_says() {
        assertThat(hasher().algorithm()).isEqualTo("sha256-tree");
        assertThat(hasher().newDigest().getDigestLength()).isEqualTo(32);
    }
}
