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
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.pf4j.Extension;

/** A plugin as a stranger builds it: sources, compiled against the api with PF4J's processor, in a jar with a manifest. */
public final class StrangersJar {

    private static final Pattern CLASS = Pattern.compile("(?:class|interface) (\\w+)");

    private final List<JavaFileObject> sources = new ArrayList<>();
    private final Manifest manifest = new Manifest();

    /** A plugin without classes, so far. */
    public StrangersJar(String id, String version) {
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest("Plugin-Id", id).manifest("Plugin-Version", version);
    }

    /** A plugin with a selector of this strategy that ranks as the body of a method says. */
    public static StrangersJar selector(String id, String strategy, String rank) {
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

    /** Adds an entry of the manifest. */
    public StrangersJar manifest(String key, String value) {
        manifest.getMainAttributes().putValue(key, value);
        return this;
    }

    /** Adds a source file. */
    public StrangersJar source(String text) {
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
    public Path build(Path target) throws IOException {
        Path classes = compile();
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try (OutputStream out = Files.newOutputStream(part); JarOutputStream jar = new JarOutputStream(out, manifest)) {
            add(jar, classes, "");
        }
        return Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Builds a zip with {@code classes/} and {@code lib/}; a package {@code stranger.library} goes into a jar there. */
    Path buildZip(Path target) throws IOException {
        Path classes = compile();
        Path library = classes.resolve("stranger/library");
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try (OutputStream out = Files.newOutputStream(part); ZipOutputStream zip = new ZipOutputStream(out)) {
            if (Files.exists(library)) {
                zip.putNextEntry(new ZipEntry("lib/library.jar"));
                JarOutputStream jar = new JarOutputStream(zip);
                add(jar, library, "stranger/library/");
                jar.finish();
                for (Path file : files(library)) {
                    Files.delete(file);
                }
            }
            zip.putNextEntry(new ZipEntry("classes/META-INF/MANIFEST.MF"));
            manifest.write(zip);
            add(zip, classes, "classes/");
        }
        return Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path compile() throws IOException {
        Path classes = Files.createTempDirectory("classes");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        List<String> options = List.of("-proc:full", "-d", classes.toString(), "-cp",
                placeOf(Transport.class) + File.pathSeparator
                        + placeOf(Extension.class));
        if (!sources.isEmpty() && !compiler.getTask(errors, null, null, options, null, sources).call()) {
            throw new IllegalArgumentException(errors.toString());
        }
        return classes;
    }

    private static void add(ZipOutputStream zip, Path folder, String prefix) throws IOException {
        for (Path file : files(folder)) {
            zip.putNextEntry(new ZipEntry(prefix + folder.relativize(file).toString().replace('\\', '/')));
            Files.copy(file, zip);
            zip.closeEntry();
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static String placeOf(Class<?> type) {
        return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString())).toString();
    }
}
