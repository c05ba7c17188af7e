MVN := ./mvnw --batch-mode

.DEFAULT_GOAL := help
.PHONY: help fmt test verify lab lint release

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

fmt: ## Format Java and POMs
	$(MVN) --quiet spotless:apply

test: ## Compile, check the map, run the fast tests
	$(MVN) test -DskipITs

verify: ## Everything: all tests, slow ones too, and every check
	$(MVN) verify

lab: ## Break real tunnels and see each fault found and cleared (root)
	./wgwhy lab test

lint: ## Every check, no tests
	$(MVN) verify -DskipTests

release: ## cli/target: archive with its sum, container image (Debian), SBOM
	$(MVN) package -Prelease -DskipTests
