package dev.swarmdex.peer.host;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "dev.swarmdex.peer.host", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String HOST = "dev.swarmdex.peer.host";
    private static final String API = "dev.swarmdex.peer.api";
    private static final String PROTOCOL = "dev.swarmdex.protocol..";

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES = slices().matching("dev.swarmdex.peer.(**)").should()
            .beFreeOfCycles();

    /** And the JDK's own extension, which alone knows how much memory the machine has. */
    @ArchTest
    static final ArchRule THE_TREE_KNOWS_THE_API_ONLY = onlyKnows("tree", API, "com.sun.management..");

    @ArchTest
    static final ArchRule SHARING_KNOWS_TREES_AND_FOLDERS_ONLY = onlyKnows("sharing", API, HOST + ".tree",
            HOST + ".folder", HOST + ".sending",
            "io.methvin.watcher..", "tools.jackson..");

    @ArchTest
    static final ArchRule DOWNLOADS_KNOW_THE_TREE_AND_LIMITS_ONLY = onlyKnows("download", API, HOST + ".tree",
            HOST + ".sending", HOST + ".rate");

    @ArchTest
    static final ArchRule LIMITS_KNOW_RATES_ONLY = onlyKnows("rate", "dev.swarmdex.config..");

    @ArchTest
    static final ArchRule PLUGINS_KNOW_THE_API_ONLY = onlyKnows("plugin", API, "org.pf4j..");

    @ArchTest
    static final ArchRule THE_INDEX_KNOWS_THE_PROTOCOL_ONLY = onlyKnows("index", PROTOCOL);

    @ArchTest
    static final ArchRule THE_CONTROL_SOCKET_KNOWS_NOTHING_OF_THE_HOST = onlyKnows("control", "tools.jackson..");

    @ArchTest
    static final ArchRule THE_SHELL_REACHES_A_HOST_BY_ITS_OPERATIONS_ONLY = onlyKnows("shell", HOST + ".control",
            "org.jline..", "tools.jackson..");

    @ArchTest
    static final ArchRule COMMANDS_REACH_A_HOST_BY_ITS_OPERATIONS_ONLY = noClasses().that()
            .resideInAPackage(HOST + ".command").should().dependOnClassesThat()
            .resideInAnyPackage(PROTOCOL, API, HOST + ".download", HOST + ".index", HOST + ".sharing", HOST + ".plugin",
                    HOST + ".discovery", HOST + ".operation");

    private static ArchRule onlyKnows(String part, String... others) {
        String[] allowed = Stream.concat(Stream.of(HOST + "." + part, "java..", "org.slf4j..", "org.jspecify.."),
                Stream.of(others)).toArray(String[]::new);
        return classes().that().resideInAPackage(HOST + "." + part).should().onlyDependOnClassesThat()
                .resideInAnyPackage(allowed);
    }
}
