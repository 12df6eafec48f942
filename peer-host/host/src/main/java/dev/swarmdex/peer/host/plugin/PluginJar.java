package dev.swarmdex.peer.host.plugin;

import dev.swarmdex.peer.api.ApiVersion;
import dev.swarmdex.peer.api.Transport;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.pf4j.DefaultPluginManager;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginState;
import org.pf4j.PluginWrapper;
import org.pf4j.util.Unzip;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One jar or zip, and what it provides or why it is not used. Each jar has a PF4J manager of its own, so that a new
 * version can be loaded while the old one finishes its work. Belongs to the one thread that owns PF4J.
 */
final class PluginJar {

    private static final Logger LOG = LoggerFactory.getLogger(PluginJar.class);

    private static final Duration LOADING = Duration.ofSeconds(5);
    private static final Duration UNLOADING = Duration.ofSeconds(1);

    private final String file;
    private final DefaultPluginManager manager;
    private final Uses uses = new Uses();
    private final Conduct conduct;
    private String plugin = "";
    private String version = "";
    private List<Provided> provided = List.of();
    private String state = PluginStatus.LOADED;
    private String error = "";

    private PluginJar(String file, DefaultPluginManager manager) {
        this.file = file;
        this.manager = manager;
        this.conduct = new Conduct(file);
    }

    /**
     * Loads a jar or zip; whatever is wrong with it, it only gets refused.
     *
     * @param file the name under which the operator knows it
     * @param copy the jar itself, which nobody will change, in a folder of its own
     */
    static PluginJar load(String file, Path copy, PluginSettings settings) {
        DefaultPluginManager manager = new DefaultPluginManager(copy.toAbsolutePath().getParent());
        manager.setSystemVersion(ApiVersion.CURRENT);
        try {
            // all of it on the one thread: if that hangs, it is left behind with a jar that nobody else sees
            return TimeLimit.call(file, LOADING, () -> loaded(new PluginJar(file, manager), copy, settings));
        } catch (TimeoutException e) {
            return refused(file, "it did not load within " + LOADING.toSeconds() + " s: it hangs");
        } catch (ExecutionException e) {
            return refused(file, "it failed to load: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refused(file, "the host is being closed");
        }
    }

    @SuppressWarnings("CatchThrowable") // a stranger's code runs here, and nothing it throws may end the host
    private static PluginJar loaded(PluginJar jar, Path copy, PluginSettings settings) {
        try {
            jar.load(copy, settings);
        } catch (RefusedJarException e) {
            jar.leaveOut(e.state(), e.reason());
        } catch (Throwable e) {
            jar.refuse("it failed to load: " + e);
        }
        return jar;
    }

    /** A jar that can't even be opened. */
    static PluginJar refused(String file, String reason) {
        PluginJar jar = new PluginJar(file, new DefaultPluginManager());
        jar.refuse(reason);
        return jar;
    }

    private void load(Path copy, PluginSettings settings) throws RefusedJarException {
        try {
            String id = manager.loadPlugin(unpacked(copy));
            PluginWrapper wrapper = manager.getPlugin(id);
            plugin = id;
            version = wrapper.getDescriptor().getVersion();
            checkSettings(settings);
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

    /** A zip is PF4J's layout of folders: {@code classes/}, {@code lib/*.jar}, and a manifest or plugin.properties. */
    private static Path unpacked(Path copy) throws RefusedJarException {
        if (!copy.toString().endsWith(".zip")) {
            return copy;
        }
        Path folder = copy.resolveSibling("unpacked");
        try {
            new Unzip(copy.toFile(), folder.toFile()).extract();
            return folder;
        } catch (IOException e) {
            throw new RefusedJarException("it can't be unpacked: " + e.getMessage(), e);
        }
    }

    /** None of the plugin's code has run yet. */
    private void checkSettings(PluginSettings settings) throws RefusedJarException {
        if (settings.disabled().contains(plugin)) {
            throw new RefusedJarException(PluginStatus.DISABLED,
                    "the config disables it: take " + plugin + " out of plugins.disabled to use it");
        }
        String pinned = settings.pinned().get(plugin);
        if (pinned != null && !pinned.equals(version)) {
            throw new RefusedJarException("its version is " + version + ", and the config pins " + pinned
                    + ": put that jar here, or change plugins.pinned." + plugin);
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
                add(new Provided(kind.get(), nameOf(extension), extension), found);
            }
        }
        return List.copyOf(found);
    }

    private static void add(Provided more, List<Provided> found) throws RefusedJarException {
        for (Provided other : found) {
            if (other.kind() == more.kind() && other.name().equals(more.name())) {
                throw new RefusedJarException("two of its extensions are " + more.label() + ": "
                        + other.extension().getClass().getName() + " and " + more.extension().getClass().getName());
            }
        }
        found.add(more);
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
        leaveOut(PluginStatus.REFUSED, reason);
    }

    private void leaveOut(String newState, String reason) {
        provided = List.of();
        state = newState;
        error = reason;
        unload();
    }

    /** Takes back what it provides if it has behaved too badly; what is under way in it may end. */
    boolean switchOffIfBad() {
        Optional<String> reason = conduct.offReason();
        if (reason.isEmpty() || !isUsable()) {
            return false;
        }
        state = PluginStatus.SWITCHED_OFF;
        error = reason.get();
        return true;
    }

    boolean isUsable() {
        return state.equals(PluginStatus.LOADED);
    }

    /** Whether nothing of it is loaded. */
    boolean isLeftOut() {
        return state.equals(PluginStatus.REFUSED) || state.equals(PluginStatus.DISABLED);
    }

    String state() {
        return state;
    }

    List<Provided> provided() {
        return provided;
    }

    boolean provides(PluginKind kind, String name) {
        return isUsable() && provided.stream().anyMatch(each -> each.kind() == kind && each.name().equals(name));
    }

    /** What it provides, for the log. */
    String labels() {
        return provided.stream().map(Provided::label).collect(Collectors.joining(", "));
    }

    Guard guard(Provided each) {
        return new Guard(each.label(), uses, conduct);
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
            TimeLimit.callUninterrupted(file, UNLOADING, () -> {
                manager.unloadPlugins();
                return file;
            });
        } catch (ExecutionException e) {
            LOG.warn("plugin jar {}: can't be unloaded: {}", file, String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            LOG.warn("plugin jar {}: its Plugin-Class does not stop, left behind", file);
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
        if (provided.isEmpty()) {
            return List.of(new PluginStatus(file, plugin, version, "", "", state, error));
        }
        String shown = retired ? PluginStatus.RETIRED : state;
        return provided.stream()
                .map(each -> new PluginStatus(file, plugin, version, each.kind().toString(), each.name(), shown, error))
                .toList();
    }
}
