package dev.swarmdex.peer.bench.transfer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A small network on this machine: network namespaces with an address and a link of their own, joined by a switch in
 * another one, where an index can run. Nothing leaves the machine. Needs root and Debian's iproute2, and nftables to lose
 * packets.
 */
final class Network implements AutoCloseable {

    private static final String SWITCH = "swarmdex-switch";
    private static final String SWITCH_ADDRESS = "10.77.0.254";

    private final Programs programs;
    private final List<String> spaces = new ArrayList<>();

    private Network(Programs programs) {
        this.programs = programs;
    }

    /** Makes a network of so many machines, without limits. */
    static Network of(int machines, Programs programs) throws IOException, InterruptedException {
        Network network = new Network(programs);
        try {
            network.addSwitch();
            for (int machine = 0; machine < machines; machine++) {
                network.add(machine);
            }
            return network;
        } catch (IOException | InterruptedException failure) {
            network.close();
            throw new IOException("no network namespaces could be made, which takes root and iproute2: "
                    + failure.getMessage(), failure);
        }
    }

    private void addSwitch() throws IOException, InterruptedException {
        addSpace(SWITCH);
        run("ip -n %s link add br0 type bridge".formatted(SWITCH));
        run("ip -n %s addr add %s/24 dev br0".formatted(SWITCH, SWITCH_ADDRESS));
        run("ip -n %s link set br0 up".formatted(SWITCH));
    }

    private void add(int machine) throws IOException, InterruptedException {
        String space = space(machine);
        addSpace(space);
        run("ip link add e0 netns %s type veth peer name p%d netns %s".formatted(space, machine, SWITCH));
        run("ip -n %s link set p%d master br0 up".formatted(SWITCH, machine));
        run("ip -n %s addr add %s/24 dev e0".formatted(space, address(machine)));
        run("ip -n %s link set e0 up".formatted(space));
    }

    private void addSpace(String name) throws IOException, InterruptedException {
        run("ip netns add " + name);
        spaces.add(name);
        run("ip -n %s link set lo up".formatted(name));
    }

    private static String space(int machine) {
        return "swarmdex-" + machine;
    }

    private static String address(int machine) {
        return "10.77.0." + (machine + 1);
    }

    /** A machine, counted from 0. */
    Machine machine(int machine) {
        return new Machine(address(machine), inside(space(machine)));
    }

    /** The switch, whose own link has no limit. */
    Machine hub() {
        return new Machine(SWITCH_ADDRESS, inside(SWITCH));
    }

    private static List<String> inside(String space) {
        return List.of("ip", "netns", "exec", space);
    }

    /** Limits a machine's link to a rate, both ways. */
    void limit(int machine, int megabits) throws IOException, InterruptedException {
        String shape = "tc qdisc replace dev %s root tbf rate " + megabits + "mbit burst 256kb latency 100ms";
        run("ip netns exec %s %s".formatted(space(machine), shape.formatted("e0")));
        run("ip netns exec %s %s".formatted(SWITCH, shape.formatted("p" + machine)));
    }

    /** Loses so many percent of the packets that reach a machine. */
    void lose(int machine, int percent) throws IOException, InterruptedException {
        programs.run(machine(machine).command(List.of("nft", """
                add table inet lossy
                add chain inet lossy in { type filter hook input priority 0; }
                add rule inet lossy in numgen random mod 100 < %d drop
                """.formatted(percent))));
    }

    private void run(String command) throws IOException, InterruptedException {
        programs.run(List.of(command.split(" ")));
    }

    /** Removes it; the programs in it must have ended. */
    @Override
    public void close() throws IOException {
        try {
            for (String space : spaces.reversed()) {
                run("ip netns del " + space);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
