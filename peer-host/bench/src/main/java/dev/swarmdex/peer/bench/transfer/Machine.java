package dev.swarmdex.peer.bench.transfer;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where programs run: on this machine as it is, or in a network of their own on it.
 *
 * @param address where others reach them
 * @param prefix what a command to be run there begins with
 */
record Machine(String address, List<String> prefix) {

    static final Machine THIS = new Machine("127.0.0.1", List.of());

    List<String> command(List<String> words) {
        return Stream.concat(prefix.stream(), words.stream()).toList();
    }
}
