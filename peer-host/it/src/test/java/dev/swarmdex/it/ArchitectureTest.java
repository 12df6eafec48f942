package dev.swarmdex.it;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.swarmdex.server.Main;
import dev.swarmdex.store.database.PostgresServer;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

@AnalyzeClasses(packagesOf = ArchitectureTest.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule OF_THE_PROGRAMS_ONLY_THE_COMMAND_LINES_ARE_KNOWN = classes().should()
            .onlyDependOnClassesThat(resideOutsideOfPackage("dev.swarmdex..")
                    .or(resideInAnyPackage("dev.swarmdex.it..", "dev.swarmdex.peer.host.command",
                            "dev.swarmdex.server.command"))
                    .or(equivalentTo(Main.class))
                    // a real PostgreSQL for these tests, which the store's tests lend
                    .or(equivalentTo(PostgresServer.class)));

    @ArchTest
    static final ArchRule THE_SEEDS_PROGRAMS_KNOW_NOTHING_OF_SWARMDEX = classes().that()
            .resideInAPackage("dev.swarmdex.it.seed").should().onlyDependOnClassesThat(
                    resideOutsideOfPackage("dev.swarmdex..").or(resideInAnyPackage("dev.swarmdex.it.seed")));
}
