package dev.swarmdex.peer.bench.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * nginx with sendfile, and curl, which fetches one file after the other over one connection: a single process with a list of
 * all files, which is much faster than a process for each.
 */
record CurlOneByOne(Programs programs, Scratch scratch, Http nginx, Path list, Path target) implements Contender {

    /** Serves what is in the folder {@code set} of that scratch folder. */
    static CurlOneByOne start(Programs programs, Scratch scratch, List<Path> paths)
            throws IOException, InterruptedException {
        Path folder = scratch.folder();
        Http nginx = Http.start(programs, folder, folder.resolve("set"), folder.resolve("unused"));
        Path target = folder.resolve("curl");
        Path list = Files.write(folder.resolve("curl.list"), paths.stream().flatMap(
                path -> Stream.of("url = \"" + nginx.url() + "/" + path + "\"",
                        "output = \"" + target.resolve(path) + "\""))
                .toList());
        return new CurlOneByOne(programs, scratch, nginx, list, target);
    }

    @Override
    public String name() {
        return "curl from nginx, one by one";
    }

    @Override
    public Path fetch() throws IOException, InterruptedException {
        programs.run(List.of("curl", "-sS", "--fail", "--create-dirs", "-K", list.toString()));
        return target;
    }

    @Override
    public void forget(Path fetched) throws IOException {
        scratch.setAside(fetched);
    }

    @Override
    public List<ProcessHandle> senders() {
        return nginx.senders();
    }

    @Override
    public List<ProcessHandle> receivers() {
        return List.of();
    }
}
