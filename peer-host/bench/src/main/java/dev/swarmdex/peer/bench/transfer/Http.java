package dev.swarmdex.peer.bench.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** nginx with sendfile, and curl; what came is not checked, or digested afterwards by openssl. */
record Http(Programs programs, Programs.Running nginx, String url, Path target, boolean digests) implements Contender {

    /** Serves that file of the folder. */
    static Http start(Programs programs, Path folder, Path file, Path target) throws IOException, InterruptedException {
        int port = Programs.freePort();
        Path config = Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                master_process off;
                error_log stderr notice;
                pid %1$s/nginx.pid;
                events {}
                http {
                    sendfile on;
                    access_log off;
                    server { listen 127.0.0.1:%2$d; root %1$s; }
                }
                """.formatted(folder, port));
        Programs.Running nginx = programs.start("nginx.log", List.of("nginx", "-c", config.toString()));
        nginx.await("start|using the");
        return new Http(programs, nginx, "http://127.0.0.1:" + port + "/" + file.getFileName(), target, false);
    }

    /** The same with a digest. */
    Http digesting() {
        return new Http(programs, nginx, url, target, true);
    }

    @Override
    public String name() {
        return digests ? "curl, then openssl dgst -sha256" : "curl from nginx";
    }

    @Override
    public Path fetch() throws IOException, InterruptedException {
        programs.run(List.of("curl", "-sS", "--fail", "-o", target.toString(), url));
        if (digests) {
            programs.run(List.of("openssl", "dgst", "-sha256", target.toString()));
        }
        return target;
    }

    @Override
    public void forget(Path fetched) throws IOException {
        Files.delete(fetched);
    }

    @Override
    public List<ProcessHandle> senders() {
        return List.of(nginx.process().toHandle());
    }

    @Override
    public List<ProcessHandle> receivers() {
        return List.of();
    }
}
