package dev.swarmdex.store;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The arrows of the design, inside the store and out of it. */
@AnalyzeClasses(packages = "dev.swarmdex", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packages_form_no_cycles = slices().matching("dev.swarmdex.store.(*)..").should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule the_store_knows_no_other_module = noClasses().should().dependOnClassesThat()
            .resideInAnyPackage("dev.swarmdex.protocol..", "dev.swarmdex.server..", "dev.swarmdex.peer..",
                    "dev.swarmdex.config..");

    @ArchTest
    static final ArchRule values_and_interfaces_know_only_the_jdk = classes().that()
            .resideInAPackage("dev.swarmdex.store").should().onlyDependOnClassesThat()
            .resideInAnyPackage("dev.swarmdex.store", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule the_state_knows_no_sql = noClasses().that().resideInAPackage("..store.state..").should()
            .dependOnClassesThat().resideInAnyPackage("java.sql..", "org.jdbi..", "org.h2..", "org.flywaydb..",
                    "..store.database..", "..store.console..");

    @ArchTest
    static final ArchRule the_database_does_not_know_its_console = noClasses().that()
            .resideInAPackage("..store.database..").should().dependOnClassesThat()
            .resideInAPackage("..store.console..");
}
