package dev.swarmdex.peer.host.plugin;

import dev.swarmdex.peer.api.ApiVersion;
import dev.swarmdex.peer.api.Transport;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.pf4j.JarPluginManager;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginState;
import org.pf4j.PluginWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One jar, and what it provides or why it is refused. Each jar has a PF4J manager of its own, so that a new version can be
 * loaded while the old one finishes its work. Belongs to the one thread that owns PF4J.
 */
final class PluginJar {

    private static final Logger LOG = LoggerFactory.getLogger(PluginJar.class);

    private final String file;
    private final JarPluginManager manager;
    private final Uses uses = new Uses();
    private String plugin = "";
    private String version = "";
    private List<Provided> provided = List.of();
    private String error = "";

    private PluginJar(String file, JarPluginManager manager) {
        this.file = file;
        this.manager = manager;
    }

    /**
     * Loads a jar; whatever is wrong with it, it only gets refused.
     *
     * @param file the name under which the operator knows it
     * @param copy the jar itself, which nobody will change
     */
    @SuppressWarnings("CatchThrowable") // a stranger's code runs here, and nothing it throws may end the host
    static PluginJar load(String file, Path copy) {
        JarPluginManager manager = new JarPluginManager(copy.toAbsolutePath().getParent());
        manager.setSystemVersion(ApiVersion.CURRENT);
        PluginJar jar = new PluginJar(file, manager);
        try {
            jar.load(copy);
        } catch (RefusedJarException e) {
            jar.refuse(e.reason());
        } catch (Throwable e) {
            jar.refuse("it failed to load: " + e);
        }
        return jar;
    }

    /** A jar that can't even be opened. */
    static PluginJar refused(String file, String reason) {
        PluginJar jar = new PluginJar(file, new JarPluginManager());
        jar.refuse(reason);
        return jar;
    }

    private void load(Path copy) throws RefusedJarException {
        try {
            String id = manager.loadPlugin(copy);
            PluginWrapper wrapper = manager.getPlugin(id);
            plugin = id;
            version = wrapper.getDescriptor().getVersion();
            checkApi(wrapper);
            start(id);
            provided = extensions(wrapper.getPluginClassLoader(), manager.getExtensionClassNames(id));
        } catch (PluginRuntimeException e) {
            throw new RefusedJarException("its manifest or its classes can't be read: " + e.getMessage(), e);
        }
        if (provided.isEmpty()) {
            throw new RefusedJarException("it contributes nothing: it has no @Extension of this host's api"
                    + " (from JDK 23 on javac needs -proc:full to list them)");
        }
    }

    private void checkApi(PluginWrapper wrapper) throws RefusedJarException {
        PluginDescriptor descriptor = wrapper.getDescriptor();
        if (wrapper.getPluginState() == PluginState.DISABLED) {
            throw new RefusedJarException("it requires version " + descriptor.getRequires()
                    + " of the api, this host has " + ApiVersion.CURRENT);
        }
        if (!descriptor.getDependencies().isEmpty()) {
            throw new RefusedJarException("it depends on other plugins, which this host does not support");
        }
        Class<?> api = classOf(wrapper.getPluginClassLoader(), Transport.class.getName());
        if (api != Transport.class) {
            throw new RefusedJarException("it brings its own copy of " + Transport.class.getPackageName()
                    + ", build it with the api in scope provided");
        }
    }

    private void start(String id) throws RefusedJarException {
        if (manager.startPlugin(id) != PluginState.STARTED) {
            Throwable cause = manager.getPlugin(id).getFailedException();
            throw new RefusedJarException("its Plugin-Class does not start: " + rootOf(cause), cause);
        }
    }

    private List<Provided> extensions(ClassLoader loader, Set<String> classNames) throws RefusedJarException {
        List<Provided> found = new ArrayList<>();
        for (String className : classNames) {
            Object extension = extension(loader, className);
            Optional<PluginKind> kind = PluginKind.of(extension);
            if (kind.isPresent()) {
                found.add(new Provided(kind.get(), nameOf(extension), extension));
            }
        }
        return List.copyOf(found);
    }

    @SuppressWarnings("CatchThrowable") // see load
    private Object extension(ClassLoader loader, String className) throws RefusedJarException {
        Class<?> type = classOf(loader, className);
        if (!loader.equals(type.getClassLoader())) {
            throw new RefusedJarException("its extension " + className + " is not in the jar");
        }
        try {
            return manager.getExtensionFactory().create(type);
        } catch (Throwable e) {
            throw new RefusedJarException("its extension " + className + " can't be made: " + rootOf(e), e);
        }
    }

    @SuppressWarnings("CatchThrowable") // see load
    private static String nameOf(Object extension) throws RefusedJarException {
        try {
            return PluginKind.nameOf(extension);
        } catch (Throwable e) {
            throw new RefusedJarException(
                    "its extension " + extension.getClass().getName() + " breaks the api's rules: "
                            + rootOf(e),
                    e);
        }
    }

    private static Class<?> classOf(ClassLoader loader, String className) throws RefusedJarException {
        try {
            return loader.loadClass(className);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new RefusedJarException("its class " + className + " can't be loaded: " + e, e);
        }
    }

    /** What a plugin's own code threw, beneath what reflection and PF4J wrapped around it. */
    private static String rootOf(Throwable thrown) {
        Throwable root = thrown;
        while ((root instanceof InvocationTargetException || root instanceof PluginRuntimeException)
                && root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString();
    }

    /** Takes back what it provides. */
    void refuse(String reason) {
        provided = List.of();
        error = reason;
        unload();
    }

    boolean isRefused() {
        return !error.isEmpty();
    }

    List<Provided> provided() {
        return provided;
    }

    boolean provides(PluginKind kind, String name) {
        return provided.stream().anyMatch(each -> each.kind() == kind && each.name().equals(name));
    }

    /** What it provides, for the log. */
    String labels() {
        return provided.stream().map(Provided::label).collect(Collectors.joining(", "));
    }

    Uses uses() {
        return uses;
    }

    /** Unloads it unless something is still under way in it; whether that is done. */
    boolean unloadIfUnused() {
        if (!uses.endAll()) {
            return false;
        }
        unload();
        return true;
    }

    /** Ends the plugin and closes its class loader, whatever is under way. */
    void unload() {
        try {
            manager.unloadPlugins();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("plugin jar {}: can't be unloaded: {}", file, e.toString());
        }
    }

    /** Name and version, for the log. */
    @Override
    public String toString() {
        return file + (plugin.isEmpty() ? "" : " (" + plugin + " " + version + ")");
    }

    String error() {
        return error;
    }

    String file() {
        return file;
    }

    /** What {@code peer plugins} says about it. */
    List<PluginStatus> status(boolean retired) {
        if (isRefused()) {
            return List.of(new PluginStatus(file, plugin, version, "", "", PluginStatus.REFUSED, error));
        }
        String state = retired ? PluginStatus.RETIRED : PluginStatus.LOADED;
        return provided.stream()
                .map(each -> new PluginStatus(file, plugin, version, each.kind().toString(), each.name(),
                        state, ""))
                .toList();
    }
}
