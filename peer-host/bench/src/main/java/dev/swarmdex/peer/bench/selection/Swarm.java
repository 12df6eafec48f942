package dev.swarmdex.peer.bench.selection;

import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.PeerSelector;
import dev.swarmdex.peer.api.SelectionRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * A swarm that runs through a scenario in virtual time. Downloads do as the host's: they read from up to eight sources at
 * once, take further ones in the selector's order when one is lost or five seconds have passed, remember the rate of each
 * source when they are done, and then are sources themselves. Bytes flow like water, without pieces; each peer tells its
 * load every 40 seconds.
 */
final class Swarm {

    private static final int SOURCES = 8;
    private static final double ASK_AGAIN = 5;
    private static final double RETRY = 1;
    private static final double SIGN_OF_LIFE = 40;
    private static final double TOO_LONG = 36_000;
    private static final double ALMOST_NOTHING = 1e-3;

    private final Scenario scenario;
    private final PeerSelector selector;
    private final List<SimulatedPeer> peers;
    private final Map<String, SimulatedPeer> byName = new HashMap<>();
    private final double[] capacities;
    private final List<Flow> flows = new ArrayList<>();
    private final List<Download> downloads = new ArrayList<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.comparingDouble(Event::time).thenComparingLong(Event::order));
    private double now;
    private long order;
    private boolean flowsChanged;
    private double downloadSeconds;
    private int downloadCount;

    /** How it went: when the last download was done, and how long one took on average, in seconds. */
    record Outcome(double makespan, double meanDownload) {}

    private record Event(double time, long order, Runnable action) {}

    private static final class Download {

        private final SimulatedPeer peer;
        private final int content;
        private final double began;
        private double left;

        private Download(SimulatedPeer peer, int content, double began, double left) {
            this.peer = peer;
            this.content = content;
            this.began = began;
            this.left = left;
        }
    }

    private static final class Flow {

        private final SimulatedPeer from;
        private final Download to;
        private final int[] path;
        private final double began;
        private double rate;
        private double bytes;

        private Flow(SimulatedPeer from, Download to, int[] path, double began) {
            this.from = from;
            this.to = to;
            this.path = path;
            this.began = began;
        }
    }

    private Swarm(Scenario scenario, PeerSelector selector) {
        this.scenario = scenario;
        this.selector = selector;
        this.peers = IntStream.range(0, scenario.peers().size())
                .mapToObj(i -> new SimulatedPeer(i, scenario.peers().get(i), scenario.contents())).toList();
        int sites = 1 + peers.stream().mapToInt(peer -> peer.participant.site()).max().orElse(0);
        this.capacities = new double[2 * peers.size() + 2 * sites];
        for (SimulatedPeer peer : peers) {
            capacities[2 * peer.number] = peer.participant.up();
            capacities[2 * peer.number + 1] = peer.participant.down();
            byName.put("peer" + peer.number, peer);
        }
        for (int link = 2 * peers.size(); link < capacities.length; link++) {
            capacities[link] = scenario.siteLink();
        }
    }

    static Outcome play(Scenario scenario, PeerSelector selector) {
        return new Swarm(scenario, selector).play();
    }

    private Outcome play() {
        for (SimulatedPeer peer : peers) {
            if (!peer.participant.hasAll()) {
                at(peer.participant.starts(), () -> begin(peer, 0));
            }
            // signs of life are spread over the period, as the jitter of real ones spreads them
            at(SIGN_OF_LIFE * peer.number / peers.size(), () -> signOfLife(peer));
            List<Double> absences = peer.participant.absences();
            for (int i = 0; i < absences.size(); i++) {
                boolean leaves = i % 2 == 0;
                at(absences.get(i), () -> present(peer, !leaves));
            }
        }
        long expected = peers.stream().filter(peer -> !peer.participant.hasAll()).count() * scenario.contents();
        double last = 0;
        while (downloadCount < expected) {
            if (flowsChanged) {
                share();
            }
            Event next = events.element();
            double done = nextDone();
            flowUntil(Math.min(next.time(), done));
            if (done <= next.time()) {
                last = now;
                finishDone();
            } else {
                events.remove().action().run();
            }
            if (now > TOO_LONG) {
                throw new IllegalStateException(
                        selector.strategy() + " does not come to an end with " + scenario.name());
            }
        }
        return new Outcome(last, downloadSeconds / downloadCount);
    }

    private void at(double time, Runnable action) {
        events.add(new Event(time, order++, action));
    }

    private void signOfLife(SimulatedPeer peer) {
        peer.tellLoad(now);
        at(now + SIGN_OF_LIFE, () -> signOfLife(peer));
    }

    private void begin(SimulatedPeer peer, int content) {
        Download download = new Download(peer, content, now, scenario.contentSize());
        downloads.add(download);
        ask(download);
    }

    private void ask(Download download) {
        if (!downloads.contains(download)) {
            return;
        }
        take(download);
        at(now + (active(download) == 0 ? RETRY : ASK_AGAIN), () -> ask(download));
    }

    private long active(Download download) {
        return flows.stream().filter(flow -> flow.to == download).count();
    }

    private void take(Download download) {
        long active = active(download);
        if (active == SOURCES) {
            return;
        }
        List<Candidate> candidates = peers.stream()
                .filter(peer -> peer.present && peer != download.peer && peer.contents.get(download.content))
                .map(peer -> peer.candidateFor(download.peer)).toList();
        SelectionRequest request = new SelectionRequest(ContentReference.byName("content" + download.content),
                (long) scenario.contentSize(), candidates, download.peer.networks(), scenario.seed() * 31 + order);
        for (Candidate candidate : selector.rank(request)) {
            SimulatedPeer source = byName.get(candidate.peer());
            if (active < SOURCES && source != null
                    && flows.stream().noneMatch(flow -> flow.to == download && flow.from == source)) {
                flows.add(new Flow(source, download, path(source, download.peer), now));
                source.uploads++;
                flowsChanged = true;
                active++;
            }
        }
    }

    private int[] path(SimulatedPeer from, SimulatedPeer to) {
        int up = 2 * from.number;
        int down = 2 * to.number + 1;
        int here = from.participant.site();
        int there = to.participant.site();
        int siteLinks = 2 * peers.size();
        return here == there
                ? new int[]{up, down}
                : new int[]{up, siteLinks + 2 * here, siteLinks + 2 * there + 1, down};
    }

    private void present(SimulatedPeer peer, boolean present) {
        peer.present = present;
        for (Iterator<Flow> all = flows.iterator(); !present && all.hasNext();) {
            Flow flow = all.next();
            if (flow.from == peer) {
                all.remove();
                peer.uploads--;
                flowsChanged = true;
                flow.to.peer.failed(peer.number);
                at(now + RETRY, () -> retry(flow.to));
            }
        }
    }

    private void retry(Download download) {
        if (downloads.contains(download)) {
            take(download);
        }
    }

    private void share() {
        double[] rates = FairShare.rates(capacities, flows.stream().map(flow -> flow.path).toList());
        for (int i = 0; i < rates.length; i++) {
            flows.get(i).rate = rates[i];
        }
        flowsChanged = false;
    }

    private double rate(Download download) {
        return flows.stream().filter(flow -> flow.to == download).mapToDouble(flow -> flow.rate).sum();
    }

    private double nextDone() {
        return now + downloads.stream().mapToDouble(download -> download.left / rate(download)).min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private void flowUntil(double time) {
        double seconds = time - now;
        double[] sent = new double[peers.size()];
        for (Flow flow : flows) {
            double bytes = flow.rate * seconds;
            flow.bytes += bytes;
            flow.to.left -= bytes;
            sent[flow.from.number] += bytes;
        }
        peers.forEach(peer -> peer.pass(seconds, sent[peer.number]));
        now = time;
    }

    private void finishDone() {
        List<Download> done = downloads.stream().filter(download -> download.left < ALMOST_NOTHING).toList();
        for (Download download : done) {
            downloads.remove(download);
            downloadCount++;
            downloadSeconds += now - download.began;
            download.peer.contents.set(download.content);
            for (Iterator<Flow> all = flows.iterator(); all.hasNext();) {
                Flow flow = all.next();
                if (flow.to == download) {
                    all.remove();
                    flow.from.uploads--;
                    if (flow.bytes > 0) {
                        download.peer.succeeded(flow.from.number, flow.bytes / (now - flow.began));
                    }
                }
            }
            flowsChanged = true;
            if (download.content + 1 < scenario.contents()) {
                begin(download.peer, download.content + 1);
            }
        }
    }
}
