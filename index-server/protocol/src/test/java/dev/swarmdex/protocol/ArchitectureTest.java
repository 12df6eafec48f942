package dev.swarmdex.protocol;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The module is pure: bytes to records and back, with nothing but the JDK. */
class ArchitectureTest {

    private final JavaClasses module = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.swarmdex.protocol");

    @Test
    void theModuleNeedsOnlyTheJdk() {
        classes().should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.swarmdex.protocol..", "java..", "org.jspecify.annotations..")
                .check(module);
    }

    @Test
    void codecsTouchNoSocketFileOrLog() {
        noClasses().should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.channels..", "java.nio.file..", "java.util.logging..",
                        "java.util.concurrent..")
                .check(module);
    }

    @Test
    void codecsAskNoClock() {
        noClasses().should()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(module);
    }

    @Test
    void noProtocolKnowsAnother() {
        slices().matching("dev.swarmdex.protocol.(*)..").should().notDependOnEachOther().check(module);
    }

    @Test
    void whatProtocolsShareKnowsNoProtocol() {
        noClasses().that()
                .resideInAPackage("dev.swarmdex.protocol")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.swarmdex.protocol.*..")
                .check(module);
    }
}
