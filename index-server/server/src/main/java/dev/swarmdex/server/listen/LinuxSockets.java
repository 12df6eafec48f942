package dev.swarmdex.server.listen;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Locale;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

/**
 * The system calls for UDP sockets that Linux has and the JDK does not offer, by the foreign function interface. The
 * constants are the same on x86-64 and aarch64, the only machines on which this is used.
 */
@SuppressWarnings("restricted") // the launcher grants native access
final class LinuxSockets {

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int MSG_DONTWAIT = 0x40;
    /** Blocks for the first datagram only. */
    static final int MSG_WAITFORONE = 0x10000;

    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int SO_REUSEPORT = 15;
    private static final int SO_RCVTIMEO = 20;
    private static final int IPPROTO_IP = 0;
    private static final int IP_PKTINFO = 8;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_RECVPKTINFO = 49;
    private static final int IPV6_V6ONLY = 26;
    private static final int EINTR = 4;
    private static final int EAGAIN = 11;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CAPTURED = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CAPTURED.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final Linker.Option CAPTURE_ERRNO = Linker.Option.captureCallState("errno");

    private static final MethodHandle SOCKET = function("socket",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle SETSOCKOPT = function("setsockopt",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle BIND = function("bind",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle GETSOCKNAME = function("getsockname",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle RECVMMSG = function("recvmmsg",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle SENDMMSG = function("sendmmsg",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    private static final MethodHandle STRERROR = LINKER.downcallHandle(
            LINKER.defaultLookup().find("strerror").orElseThrow(), FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private LinuxSockets() {}

    /** Whether this machine has these calls, in the form that is used here. */
    static boolean isSupported() {
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return System.getProperty("os.name").equals("Linux")
                && (machine.equals("amd64") || machine.equals("aarch64"));
    }

    /** A memory of one thread for the number of the error that its latest call had. */
    static MemorySegment errorMemory(Arena arena) {
        return arena.allocate(CAPTURED);
    }

    /** A new UDP socket, whose port several sockets of this user may share if that is wanted. */
    static int open(int family, boolean sharesPort, int bufferBytes, int receiveMillis, MemorySegment error)
            throws IOException {
        int socket = check(socket(family, error), error);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment one = arena.allocateFrom(JAVA_INT, 1);
            if (sharesPort) {
                check(setsockopt(socket, SOL_SOCKET, SO_REUSEPORT, one, error), error);
            }
            if (family == AF_INET6) {
                // IPv4 as well, whatever the system's default
                check(setsockopt(socket, IPPROTO_IPV6, IPV6_V6ONLY, arena.allocateFrom(JAVA_INT, 0), error), error);
            }
            MemorySegment bytes = arena.allocateFrom(JAVA_INT, bufferBytes);
            check(setsockopt(socket, SOL_SOCKET, SO_RCVBUF, bytes, error), error);
            check(setsockopt(socket, SOL_SOCKET, SO_SNDBUF, bytes, error), error);
            MemorySegment patience = arena.allocate(JAVA_LONG, 2);
            patience.setAtIndex(JAVA_LONG, 1, receiveMillis * 1000L);
            check(setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, patience, error), error);
            return socket;
        } catch (IOException | RuntimeException e) {
            close(socket, error);
            throw e;
        }
    }

    static void bind(int socket, MemorySegment address, MemorySegment error) throws IOException {
        int result;
        try {
            result = (int) BIND.invokeExact(error, socket, address, (int) address.byteSize());
        } catch (Throwable e) {
            throw unexpected(e);
        }
        check(result, error);
    }

    /** Has each datagram come with the address to which it was sent. */
    static void tellOrigins(int socket, int family, MemorySegment error) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment one = arena.allocateFrom(JAVA_INT, 1);
            check(family == AF_INET
                    ? setsockopt(socket, IPPROTO_IP, IP_PKTINFO, one, error)
                    : setsockopt(socket, IPPROTO_IPV6, IPV6_RECVPKTINFO, one, error), error);
        }
    }

    /** Writes the address that a socket is bound to. */
    static void boundAddress(int socket, MemorySegment target, MemorySegment error) throws IOException {
        int result;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment length = arena.allocateFrom(JAVA_INT, (int) target.byteSize());
            result = (int) GETSOCKNAME.invokeExact(error, socket, target, length);
        } catch (Throwable e) {
            throw unexpected(e);
        }
        check(result, error);
    }

    static void close(int socket, MemorySegment error) throws IOException {
        int result;
        try {
            result = (int) CLOSE.invokeExact(error, socket);
        } catch (Throwable e) {
            throw unexpected(e);
        }
        check(result, error);
    }

    /** Receives up to that many datagrams; 0 if none came in time. */
    static int receive(int socket, MemorySegment messages, int most, MemorySegment error) throws IOException {
        int received;
        try {
            received = (int) RECVMMSG.invokeExact(error, socket, messages, most, MSG_WAITFORONE, MemorySegment.NULL);
        } catch (Throwable e) {
            throw unexpected(e);
        }
        return isTransient(received, error) ? 0 : check(received, error);
    }

    /** Sends up to that many datagrams, and returns how many went out; the first one failed if that is 0. */
    static int send(int socket, MemorySegment messages, int count, MemorySegment error) {
        try {
            return Math.max(0, (int) SENDMMSG.invokeExact(error, socket, messages, count, MSG_DONTWAIT));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static int socket(int family, MemorySegment error) {
        try {
            return (int) SOCKET.invokeExact(error, family, SOCK_DGRAM_CLOEXEC, 0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static int setsockopt(int socket, int level, int option, MemorySegment value, MemorySegment error) {
        try {
            return (int) SETSOCKOPT.invokeExact(error, socket, level, option, value, (int) value.byteSize());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static boolean isTransient(int result, MemorySegment error) {
        if (result >= 0) {
            return false;
        }
        int number = (int) ERRNO.get(error, 0L);
        return number == EAGAIN || number == EINTR;
    }

    private static int check(int result, MemorySegment error) throws IOException {
        if (result < 0) {
            throw new IOException(message((int) ERRNO.get(error, 0L)));
        }
        return result;
    }

    private static String message(int number) {
        try {
            MemorySegment text = (MemorySegment) STRERROR.invokeExact(number);
            return text.reinterpret(256).getString(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(LINKER.defaultLookup().find(name).orElseThrow(), descriptor, CAPTURE_ERRNO);
    }

    /** A method handle declares that it throws anything; these throw nothing but what the JVM itself throws. */
    private static IllegalStateException unexpected(Throwable e) {
        if (e instanceof Error failure) {
            throw failure;
        }
        return new IllegalStateException("a system call could not be made", e);
    }
}
