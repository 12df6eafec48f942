package dev.swarmdex.peer.api;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "dev.swarmdex", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule THE_API_KNOWS_NOTHING_BUT_THE_JDK_AND_PF4J = classes().should().onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.pf4j..", "org.jspecify..", "dev.swarmdex.peer.api");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("dev.swarmdex.peer.(**)").should().beFreeOfCycles();
}
