package dev.swarmdex.peer.host.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

class ControlSocketTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    private Path state;

    @Test
    void a_command_gets_the_events_and_the_result_of_its_operation() throws Exception {
        Operations counting = (operation, arguments, events) -> {
            for (int i = 1; i <= arguments.path("to").asInt(); i++) {
                events.accept(JSON.valueToTree(i));
            }
            return JSON.valueToTree(operation + " done");
        };
        List<JsonNode> events = new ArrayList<>();
        try (ControlServer server = ControlServer.bind(state)) {
            server.serve(counting);
            JsonNode result = client().execute("count", JSON.createObjectNode().put("to", 3), events::add);

            assertThat(result.asString()).isEqualTo("count done");
            assertThat(events).extracting(JsonNode::asInt).containsExactly(1, 2, 3);
        }
    }

    @Test
    void a_failed_operation_fails_at_the_client_with_the_same_message() throws Exception {
        Operations failing = (operation, arguments, events) -> {
            throw new IOException("the disk is full; make room");
        };
        try (ControlServer server = ControlServer.bind(state)) {
            server.serve(failing);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> client().execute("get", JSON.createObjectNode(), event -> {}))
                    .withMessage("the disk is full; make room");
        }
    }

    @Test
    void an_operation_is_interrupted_when_its_client_goes_away() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Operations endless = (operation, arguments, events) -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException left) {
                interrupted.countDown();
                throw left;
            }
            return JSON.nullNode();
        };
        try (ControlServer server = ControlServer.bind(state)) {
            server.serve(endless);
            FutureTask<JsonNode> get = new FutureTask<>(
                    () -> client().execute("get", JSON.createObjectNode(), event -> {}));
            Thread client = Thread.ofVirtual().start(get);
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            client.interrupt();

            assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
            assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> get.get(30, TimeUnit.SECONDS))
                    .as("to stop waiting is no failure").withCauseInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void what_operations_use_can_be_closed_after_the_server_since_they_have_ended_then() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Boolean> clientLeft = new CompletableFuture<>();
        AtomicBoolean ended = new AtomicBoolean();
        Operations tidy = (operation, arguments, events) -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                // it has something to put away, and is not done before its client has noticed that the host ends
                clientLeft.join();
                ended.set(true);
            }
            return JSON.nullNode();
        };
        try (ControlServer server = ControlServer.bind(state)) {
            server.serve(tidy);
            ControlClient client = client();
            Thread.ofVirtual().start(() -> {
                assertThatIOException()
                        .isThrownBy(() -> client.execute("get", JSON.createObjectNode(), event -> {}));
                clientLeft.complete(true);
            });
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(ended).isTrue();
    }

    @Test
    void a_command_for_a_host_that_is_still_starting_waits_until_it_is_up() throws Exception {
        try (ControlServer starting = ControlServer.bind(state)) {
            ControlClient early = client();
            FutureTask<JsonNode> answer = new FutureTask<>(
                    () -> early.execute("list", JSON.createObjectNode(), event -> {}));
            Thread.ofVirtual().start(answer);

            starting.serve((operation, arguments, events) -> JSON.valueToTree(operation + " done"));

            assertThat(answer.get(30, TimeUnit.SECONDS).asString()).isEqualTo("list done");
        }
    }

    @Test
    void hundreds_of_commands_are_under_way_at_once() throws Exception {
        CountDownLatch allUnderWay = new CountDownLatch(200);
        Operations waiting = (operation, arguments, events) -> {
            allUnderWay.countDown();
            allUnderWay.await();
            return JSON.valueToTree("done");
        };
        // the server closes first, or commands that wait for each other would keep a test that fails from ending
        try (ExecutorService commands = Executors.newVirtualThreadPerTaskExecutor();
                ControlServer server = ControlServer.bind(state)) {
            server.serve(waiting);
            List<Future<JsonNode>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                answers.add(commands.submit(() -> client().execute("get", JSON.createObjectNode(), event -> {})));
            }

            for (Future<JsonNode> answer : answers) {
                assertThat(answer.get(60, TimeUnit.SECONDS).asString()).isEqualTo("done");
            }
        }
    }

    @Test
    void a_command_for_a_host_that_never_comes_up_ends_with_it() throws Exception {
        FutureTask<JsonNode> answer;
        try (ControlServer _ = ControlServer.bind(state)) {
            ControlClient early = client();
            answer = new FutureTask<>(() -> early.execute("list", JSON.createObjectNode(), event -> {}));
            Thread.ofVirtual().start(answer);
        }

        assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> answer.get(30, TimeUnit.SECONDS))
                .withCauseInstanceOf(IOException.class);
    }

    @Test
    void a_folder_without_a_host_has_no_client() throws Exception {
        assertThat(ControlClient.find(state)).isEmpty();
        assertThat(ControlClient.find(state.resolve("missing"))).isEmpty();
    }

    @Test
    void the_socket_of_a_host_that_died_is_no_host_and_is_in_nobodys_way() throws Exception {
        ControlServer died = ControlServer.bind(state);
        Path socket = state.resolve("control.sock");
        Files.move(socket, state.resolve("kept"));
        died.close();
        Files.move(state.resolve("kept"), socket);

        await().until(() -> ControlClient.find(state).isEmpty());
        try (ControlServer _ = ControlServer.bind(state)) {
            assertThat(ControlClient.find(state)).isPresent();
        }
        assertThat(socket).doesNotExist();
    }

    @Test
    void a_path_too_long_for_a_socket_names_the_cure() {
        Path deep = state.resolve("x".repeat(200));

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> ControlSocket.in(deep))
                .withMessageContaining("state-dir");
    }

    private ControlClient client() throws IOException, InterruptedException {
        return ControlClient.find(state).orElseThrow();
    }
}
