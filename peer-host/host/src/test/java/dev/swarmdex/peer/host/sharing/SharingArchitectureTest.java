package dev.swarmdex.peer.host.sharing;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "dev.swarmdex.peer.host", importOptions = ImportOption.DoNotIncludeTests.class)
class SharingArchitectureTest {

    private static final String HOST = "dev.swarmdex.peer.host";
    private static final String[] LIBRARIES = {"dev.swarmdex.peer.api", "java..", "org.slf4j..", "org.jspecify.."};

    @ArchTest
    static final ArchRule packages_have_no_cycles = slices().matching(HOST + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule the_tree_knows_the_api_only = classes().that().resideInAPackage(HOST + ".tree").should()
            .onlyDependOnClassesThat().resideInAnyPackage(and(HOST + ".tree"));

    @ArchTest
    static final ArchRule sharing_knows_the_tree_and_the_api_only = classes().that()
            .resideInAPackage(HOST + ".sharing").should().onlyDependOnClassesThat().resideInAnyPackage(
                    and(HOST + ".sharing", HOST + ".tree", "io.methvin.watcher..", "tools.jackson.."));

    private static String[] and(String... packages) {
        String[] all = Arrays.copyOf(LIBRARIES, LIBRARIES.length + packages.length);
        System.arraycopy(packages, 0, all, LIBRARIES.length, packages.length);
        return all;
    }
}
