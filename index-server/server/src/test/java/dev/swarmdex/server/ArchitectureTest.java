package dev.swarmdex.server;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "dev.swarmdex.server", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String SERVICE = "dev.swarmdex.server.service..";
    private static final String FRONT_ENDS = "dev.swarmdex.server.frontend..";
    private static final String LISTENERS = "dev.swarmdex.server.listen..";
    private static final String ADDRESSES = "dev.swarmdex.server.address..";
    private static final String STORE = "dev.swarmdex.store";

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("dev.swarmdex.server.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_SERVICE_KNOWS_ONLY_THE_STORE = classes().that().resideInAPackage(SERVICE).should()
            .onlyDependOnClassesThat().resideInAnyPackage(SERVICE, ADDRESSES, STORE, "java..", "org.slf4j..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule FRONT_ENDS_KNOW_ONLY_THE_SERVICE_AND_VALUES = classes().that().resideInAPackage(FRONT_ENDS)
            .should().onlyDependOnClassesThat().resideInAnyPackage(FRONT_ENDS, LISTENERS, SERVICE, ADDRESSES, STORE,
                    "dev.swarmdex.protocol..",
                    "java..", "org.slf4j..", "org.jspecify..");

    @ArchTest
    static final ArchRule LISTENERS_KNOW_NOBODY = classes().that().resideInAPackage(LISTENERS).should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(LISTENERS, ADDRESSES, "java..", "org.slf4j..", "org.jspecify..");

    @ArchTest
    static final ArchRule A_FRONT_END_KNOWS_NO_OTHER = slices().matching("dev.swarmdex.server.frontend.(*)..").should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule NO_SQL_HERE = noClasses().should().dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.h2..", "org.jdbi..");
}
