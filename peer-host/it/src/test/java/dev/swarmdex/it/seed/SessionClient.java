package dev.swarmdex.it.seed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** A peer node of seed 002: one connection to the indexing server, one message a write. */
public final class SessionClient implements AutoCloseable {

    private static final int BUFFER = 1024;
    private static final String LIST_HEAD = "\nFiles hosted: \n \n";
    private static final String NOBODY = "No Registered Nodes host that file";
    private static final Pattern SPECS = Pattern.compile("(\\d+)<SEP>([0-9a-f]{32})");

    private final Socket socket;

    /** A node that is connected to the indexing server at that port. */
    public SessionClient(int indexPort) throws IOException {
        socket = Wire.connect(indexPort);
    }

    /** The port of its end of the connection, by which others see it. */
    public int port() {
        return socket.getLocalPort();
    }

    /** Sends one message. */
    public void say(String message) throws IOException {
        sendBare(Wire.bytes(message));
    }

    /** Sends bytes as they are. */
    public void sendBare(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Registers; the server says nothing to the list, so the test has to watch for it. */
    public void register(int serverPort, String... files) throws IOException {
        say("register " + serverPort);
        sendFiles(files);
    }

    /** Answers {@code SEND FILES}. */
    public void sendFiles(String... files) throws IOException {
        expect("SEND FILES");
        say(String.join(" ", files));
    }

    /** What the others host. */
    public List<String> list(Predicate<List<String>> complete) throws IOException {
        say("get_files_list");
        return hosted(readUntil(answer -> answer.startsWith(LIST_HEAD) && complete.test(hosted(answer))));
    }

    private static List<String> hosted(String answer) {
        return answer.substring(LIST_HEAD.length()).lines().filter(line -> !line.isEmpty()).toList();
    }

    /** Asks who hosts a file, and reads on until it knows so many nodes, or that there is none. */
    public String whoHosts(String file, int nodes) throws IOException {
        say("download " + file);
        return readUntil(answer -> nodes == 0 ? answer.length() >= NOBODY.length() : nodesIn(answer) == nodes);
    }

    /** Asks who hosts a file, and reads on until it knows a node, or that there is none. */
    public String whoHosts(String file) throws IOException {
        say("download " + file);
        return readUntil(answer -> answer.equals(NOBODY) || nodesIn(answer) > 0);
    }

    private static long nodesIn(String answer) {
        return answer.chars().filter(c -> c == ']').count();
    }

    /** Reads exactly that. */
    public void expect(String answer) throws IOException {
        byte[] read = socket.getInputStream().readNBytes(Wire.bytes(answer).length);
        assertThat(new String(read, StandardCharsets.UTF_8)).isEqualTo(answer);
    }

    /** Reads until that is an answer; there is no other way to know, since nothing ends one. */
    private String readUntil(Predicate<String> complete) throws IOException {
        return readUntil(socket.getInputStream(), complete);
    }

    private static String readUntil(InputStream in, Predicate<String> complete) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        while (!complete.test(read.toString(StandardCharsets.UTF_8))) {
            int length = in.read(buffer);
            if (length < 0) {
                throw new RefusedException(
                        "closed the connection after \"" + read.toString(StandardCharsets.UTF_8) + "\"");
            }
            read.write(buffer, 0, length);
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    /** Downloads a file and checks its size and MD5. */
    public static byte[] download(InetSocketAddress server, String file) throws IOException {
        try (Socket socket = Wire.connect(server)) {
            socket.getOutputStream().write(Wire.bytes(file));
            String answer = readUntil(socket.getInputStream(),
                    text -> text.equals("ERROR") || SPECS.matcher(text).matches());
            if (answer.equals("ERROR")) {
                socket.getOutputStream().write(Wire.bytes("Error received"));
                throw new RefusedException(answer);
            }
            Matcher specs = SPECS.matcher(answer);
            assertThat(specs.matches()).isTrue();
            socket.getOutputStream().write(Wire.bytes("File specs received"));
            byte[] content = socket.getInputStream().readAllBytes();
            assertThat(content.length).as("size").isEqualTo(Integer.parseInt(specs.group(1)));
            assertThat(md5(content)).as("MD5").isEqualTo(specs.group(2));
            return content;
        }
    }

    static String md5(byte[] content) {
        try {
            return "%032x".formatted(new BigInteger(1, MessageDigest.getInstance("MD5").digest(content)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Vanishes: the other side sees a reset, in the middle of whatever it was. */
    public void vanish() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
