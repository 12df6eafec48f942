package dev.swarmdex.peer.host.plugin;

import dev.swarmdex.peer.api.Transport;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.pf4j.Extension;

/** A plugin as a stranger builds it: sources, compiled against the api with PF4J's processor, in a jar with a manifest. */
final class StrangersJar {

    private static final Pattern CLASS = Pattern.compile("(?:class|interface) (\\w+)");

    private final List<JavaFileObject> sources = new ArrayList<>();
    private final Manifest manifest = new Manifest();

    StrangersJar(String id, String version) {
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest("Plugin-Id", id).manifest("Plugin-Version", version);
    }

    /** A plugin with a selector of this strategy that ranks as the body of a method says. */
    static StrangersJar selector(String id, String strategy, String rank) {
        return new StrangersJar(id, "1.0.0").source("""
                package stranger;
                import dev.swarmdex.peer.api.*;
                @org.pf4j.Extension
                public class Mine implements PeerSelector {
                    public String strategy() { return "%s"; }
                    public java.util.List<Candidate> rank(SelectionRequest request) { %s }
                }
                """.formatted(strategy, rank));
    }

    StrangersJar manifest(String key, String value) {
        manifest.getMainAttributes().putValue(key, value);
        return this;
    }

    StrangersJar source(String text) {
        Matcher name = CLASS.matcher(text);
        if (!name.find()) {
            throw new IllegalArgumentException("no class in: " + text);
        }
        String pack = text.substring("package ".length(), text.indexOf(';'));
        URI uri = URI.create("string:///" + pack.replace('.', '/') + "/" + name.group(1) + ".java");
        sources.add(new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        });
        return this;
    }

    /** Builds the jar beside the target and moves it there. */
    Path build(Path target) throws IOException {
        Path classes = Files.createTempDirectory("classes");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        List<String> options = List.of("-proc:full", "-d", classes.toString(), "-cp",
                placeOf(Transport.class) + File.pathSeparator
                        + placeOf(Extension.class));
        if (!sources.isEmpty() && !compiler.getTask(errors, null, null, options, null, sources).call()) {
            throw new IllegalArgumentException(errors.toString());
        }
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try (OutputStream out = Files.newOutputStream(part);
                JarOutputStream jar = new JarOutputStream(out, manifest);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, jar);
                jar.closeEntry();
            }
        }
        return Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String placeOf(Class<?> type) {
        return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString())).toString();
    }
}
