package dev.swarmdex.peer.testkit;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

@AnalyzeClasses(packages = "dev.swarmdex.peer.testkit", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule THE_KIT_KNOWS_THE_API_AND_TEST_LIBRARIES_ONLY = classes().should().onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.junit..", "org.assertj..", "org.awaitility..", "org.slf4j..",
                    "org.jspecify..",
                    "dev.swarmdex.peer.api", "dev.swarmdex.peer.testkit");
}
