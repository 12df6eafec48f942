package dev.swarmdex.server.settings;

import dev.swarmdex.protocol.pdu.FieldOrder;
import dev.swarmdex.server.frontend.FrontEnd;
import dev.swarmdex.server.frontend.Guard;
import dev.swarmdex.server.frontend.fixed.Duplicates;
import dev.swarmdex.server.frontend.fixed.FixedFrontEnd;
import dev.swarmdex.server.frontend.lines.LinesFrontEnd;
import dev.swarmdex.server.frontend.nativeudp.NativeFrontEnd;
import dev.swarmdex.server.frontend.pdu.PduFrontEnd;
import dev.swarmdex.server.frontend.session.SessionFrontEnd;
import dev.swarmdex.server.frontend.tracker.TrackerFrontEnd;
import dev.swarmdex.server.frontend.tracker.TrackerSettings;
import dev.swarmdex.server.listen.UdpEngine;
import dev.swarmdex.server.service.IndexService;
import dev.swarmdex.server.service.swarm.SwarmLimits;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The protocols that can be served: each is a package with a {@link FrontEnd}, and a constant here. */
public enum Protocol {

    /** That of Swarmdex's own peers, over UDP. */
    NATIVE(Duration.ofMinutes(2)) {
        @Override
        FrontEnd make(FrontEndSettings table, IndexService service, Guard guard) {
            return new NativeFrontEnd(table.bind().toSocketAddress(), engine(table), service, guard, System::nanoTime);
        }

        @Override
        Map<String, Option> options() {
            return Map.of(ENGINE, ENGINES);
        }
    },

    /** Text PDUs over UDP: seed 000. */
    PDU(Duration.ofDays(1)) {
        @Override
        FrontEnd make(FrontEndSettings table, IndexService service, Guard guard) {
            boolean nameFirst = table.options().getOrDefault(FIELD_ORDER, "").equals(NAME_FIRST);
            return new PduFrontEnd(table.bind().toSocketAddress(), service, guard,
                    nameFirst ? FieldOrder.NAME_PORT_ADDR : FieldOrder.PORT_ADDR_NAME);
        }

        @Override
        Map<String, Option> options() {
            return Map.of(FIELD_ORDER, new Option.Choice("port-addr-name", NAME_FIRST));
        }
    },

    /** Fixed-layout PDUs over UDP: seed 001. */
    FIXED(Duration.ofDays(1)) {
        @Override
        FrontEnd make(FrontEndSettings table, IndexService service, Guard guard) {
            boolean perPeer = table.options().getOrDefault(DUPLICATES, "").equals(PER_PEER);
            return new FixedFrontEnd(table.bind().toSocketAddress(), service, guard,
                    perPeer ? Duplicates.PER_PEER : Duplicates.ANY);
        }

        @Override
        Map<String, Option> options() {
            return Map.of(DUPLICATES, new Option.Choice("any", PER_PEER));
        }
    },

    /** Words over one TCP connection a peer: seed 002. */
    SESSION(Duration.ofDays(1)) {
        @Override
        FrontEnd make(FrontEndSettings table, IndexService service, Guard guard) {
            return new SessionFrontEnd(table.bind().toSocketAddress(), service, guard);
        }
    },

    /** Lines over one TCP connection a user: seed 003. */
    LINES(Duration.ofDays(1)) {
        @Override
        FrontEnd make(FrontEndSettings table, IndexService service, Guard guard) {
            return new LinesFrontEnd(table.bind().toSocketAddress(), service, guard);
        }
    },

    /** BEP 15 over UDP: a tracker for the programs of BitTorrent. */
    TRACKER(Duration.ofMinutes(45)) {
        @Override
        FrontEnd make(FrontEndSettings table, IndexService service, Guard guard) {
            Map<String, String> given = table.options();
            SwarmLimits limits = new SwarmLimits(MAX_SWARMS.in(given, "max-swarms"),
                    MAX_MEMBERS.in(given, "max-peers"), MAX_SWARM_MEMBERS.in(given, "max-swarm-peers"));
            TrackerSettings settings = new TrackerSettings(table.leaseLength(), limits, HAND_OUT.in(given, "hand-out"),
                    WRITE_RATE.in(given, "write-rate"));
            return new TrackerFrontEnd(table.bind().toSocketAddress(), engine(table), settings, service, guard,
                    System::nanoTime);
        }

        @Override
        Map<String, Option> options() {
            return Map.of(ENGINE, ENGINES, "max-swarms", MAX_SWARMS, "max-peers", MAX_MEMBERS, "max-swarm-peers",
                    MAX_SWARM_MEMBERS, "hand-out", HAND_OUT, "write-rate", WRITE_RATE);
        }
    };

    private static final String ENGINE = "engine";
    private static final Option ENGINES = new Option.Choice(
            Arrays.stream(UdpEngine.values()).map(UdpEngine::configName).toList());
    private static final Option.WholeNumber MAX_SWARMS = new Option.WholeNumber(1_000_000, 1, 100_000_000);
    private static final Option.WholeNumber MAX_MEMBERS = new Option.WholeNumber(10_000_000, 1, 1_000_000_000);
    private static final Option.WholeNumber MAX_SWARM_MEMBERS = new Option.WholeNumber(100_000, 1, 10_000_000);
    private static final Option.WholeNumber HAND_OUT = new Option.WholeNumber(50, 1, 196);
    private static final Option.WholeNumber WRITE_RATE = new Option.WholeNumber(5_000, 1, 100_000);
    private static final String FIELD_ORDER = "field-order";
    private static final String NAME_FIRST = "name-port-addr";
    private static final String DUPLICATES = "duplicates";
    private static final String PER_PEER = "per-peer";

    private final Duration usualLease;

    Protocol(Duration usualLease) {
        this.usualLease = usualLease;
    }

    /** The protocol's name in the config, and in the history's column {@code via}. */
    public String via() {
        return name().toLowerCase(Locale.ROOT);
    }

    Duration usualLease() {
        return usualLease;
    }

    /** The front-end for a table, which does not listen yet. */
    abstract FrontEnd make(FrontEndSettings table, IndexService service, Guard guard);

    /** The protocol's own keys. */
    Map<String, Option> options() {
        return Map.of();
    }

    private static UdpEngine engine(FrontEndSettings table) {
        return UdpEngine.of(table.options().getOrDefault(ENGINE, ENGINES.usual()));
    }

    void checkOptions(Map<String, String> given) {
        new TreeMap<>(given).forEach((key, value) -> {
            Option option = options().get(key);
            if (option == null) {
                List<String> known = new TreeMap<>(options()).keySet().stream().map(name -> ", " + name).toList();
                throw new IllegalArgumentException(key + ": unknown key for the protocol " + via()
                        + "; known here: protocol, bind, lease" + String.join("", known));
            }
            try {
                option.check(value);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
            }
        });
    }
}
