package dev.swarmdex.plugin.pdu;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

@AnalyzeClasses(packages = "dev.swarmdex.plugin", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule A_PLUGIN_KNOWS_THE_API_AND_WHAT_IT_BRINGS = classes().should().onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.pf4j..", "org.slf4j..", "org.jspecify..", "dev.swarmdex.peer.api",
                    "dev.swarmdex.peer.transportkit", "dev.swarmdex.protocol", "dev.swarmdex.protocol.pdu",
                    "dev.swarmdex.plugin.pdu");
}
