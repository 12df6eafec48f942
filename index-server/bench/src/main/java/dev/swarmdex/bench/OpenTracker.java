package dev.swarmdex.bench;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Debian's opentracker, for the torrents of a load only, on the first core. */
final class OpenTracker implements AutoCloseable {

    private static final int ATTEMPTS = 50;
    private static final long CONNECT = 0x417_2710_1980L;

    private final Process process;
    private final int port;

    private OpenTracker(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts one on a free port and waits until it answers. */
    static OpenTracker start(Path folder, TrackerLoad load) throws IOException, InterruptedException {
        Path whitelist = folder.resolve("whitelist");
        load.writeHashes(whitelist);
        // it reads the list as nobody
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(whitelist, PosixFilePermissions.fromString("rw-r--r--"));
        int port = freePort();
        Process process;
        try {
            process = new ProcessBuilder("taskset", "-c", "0", "opentracker", "-i", "127.0.0.1", "-p", "" + port, "-P",
                    "" + port, "-w", "whitelist", "-d", folder.toString()).directory(folder.toFile())
                    .redirectErrorStream(true).redirectOutput(folder.resolve("opentracker.log").toFile()).start();
        } catch (IOException e) {
            throw new IOException("the rival can't be started: apt-get install -y opentracker util-linux gcc", e);
        }
        OpenTracker tracker = new OpenTracker(process, port);
        tracker.awaitAnswer(folder);
        return tracker;
    }

    int port() {
        return port;
    }

    /** The memory that it has, in bytes. */
    long memory() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private void awaitAnswer(Path folder) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(100);
            byte[] connect = ByteBuffer.allocate(16).putLong(CONNECT).array();
            for (int attempt = 0; attempt < ATTEMPTS && process.isAlive(); attempt++) {
                socket.send(new DatagramPacket(connect, connect.length, InetAddress.getLoopbackAddress(), port));
                try {
                    socket.receive(new DatagramPacket(new byte[64], 64));
                    return;
                } catch (SocketTimeoutException e) {
                    // not yet
                }
            }
        }
        close();
        throw new IOException("opentracker does not answer: " + Files.readString(folder.resolve("opentracker.log")));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
