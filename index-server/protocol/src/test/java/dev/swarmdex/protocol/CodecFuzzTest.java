package dev.swarmdex.protocol;

import dev.swarmdex.protocol.nativeudp.Content;
import dev.swarmdex.protocol.nativeudp.Cursor;
import dev.swarmdex.protocol.nativeudp.Endpoint;
import dev.swarmdex.protocol.nativeudp.PeerIdentity;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.ReplyCodec;
import dev.swarmdex.protocol.nativeudp.ReplyPacket;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.protocol.nativeudp.RequestCodec;
import dev.swarmdex.protocol.nativeudp.RequestPacket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A few seconds of fuzzing that is guided by what the codecs' code does, by Jazzer in a process of its own;
 * {@code -Dswarmdex.fuzz.seconds=3600} makes it an hour.
 */
class CodecFuzzTest {

    private static final String SECONDS = System.getProperty("swarmdex.fuzz.seconds", "3");
    private static final String ID = "sha256-tree:" + "ab".repeat(32);

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "Jazzer has native code")
    void no_bytes_make_a_codec_fail_in_another_way_than_it_may(@TempDir Path folder)
            throws IOException, InterruptedException {
        Path corpus = Files.createDirectory(folder.resolve("corpus"));
        List<byte[]> samples = samples();
        for (int i = 0; i < samples.size(); i++) {
            Files.write(corpus.resolve("sample" + i), samples.get(i));
        }
        Path log = folder.resolve("log");

        Process jazzer = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m", "-XX:+UseSerialGC", "-XX:+EnableDynamicAgentLoading", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + CodecFuzzer.class.getName(), "--instrumentation_includes=dev.swarmdex.protocol.**",
                "-max_total_time=" + SECONDS, "-max_len=1300", "-print_final_stats=1", corpus.toString())
                .directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start();

        assertThat(jazzer.waitFor()).as(Files.readString(log)).isZero();
        assertThat(Files.readString(log)).containsPattern("Done \\d{3,} runs");
    }

    /** Some messages for each of the codecs, the first byte of which chooses it. */
    private static List<byte[]> samples() {
        List<byte[]> samples = new ArrayList<>();
        PeerIdentity peer = new PeerIdentity("alice", "00112233445566778899aabbccddeeff");
        Content content = new Content("film", Optional.of(ID), 5);
        for (Request request : List.of(new Request.Hello(), new Request.SearchId(ID, Cursor.NONE),
                new Request.SearchWords(List.of("a", "film"), Cursor.NONE), new Request.ListPeers(Cursor.NONE),
                new Request.KeepAlive(peer, List.of(new Endpoint("tcp", "::1", 1)), 1, 2),
                new Request.Register(peer, List.of(content)), new Request.Deregister(peer, List.of()))) {
            samples.add(chosen(0, RequestCodec.encode(new RequestPacket(1, 2, request))));
        }
        for (Reply reply : List.of(new Reply.Welcome(7), new Reply.Contents(List.of(), Cursor.NONE),
                new Reply.Refused(Reply.Reason.BUSY, "later"))) {
            samples.add(chosen(1, ReplyCodec.encode(new ReplyPacket(1, reply))));
        }
        for (String text : List.of("R,8124;127.0.0.1;song.mp3", "Ralice\0\0\0\0\0song\0\0\0\0\0\0008124",
                "register 5000", "song film\n", "12 0123456789abcdef0123456789abcdef", "u[\"a\", 1]\nLIST\n",
                "GET /a b")) {
            for (int codec = 2; codec < CodecFuzzer.codecs(); codec++) {
                samples.add(chosen(codec, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
                samples.add(
                        chosen(codec, ByteBuffer.allocate(101).put(text.getBytes(StandardCharsets.UTF_8)).rewind()));
            }
        }
        return samples;
    }

    private static byte[] chosen(int codec, ByteBuffer message) {
        byte[] sample = new byte[1 + message.remaining()];
        sample[0] = (byte) codec;
        message.get(sample, 1, message.remaining());
        return sample;
    }
}
