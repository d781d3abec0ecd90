package demo

import (
	"fmt"

	"bounceback/engine"
)

// person is a customer of the demo.
type person struct {
	ref    engine.CustomerRef
	id     engine.ID // zero until the first sale
	loyal  int       // how often this one comes back, 1 to 5
	held   bool      // gets no coupon, and so comes back more seldom
	optOut bool      // will not want texts after a while
}

var firstNames = []string{
	"Ana", "Maria", "João", "José", "Francisca", "Antônio", "Juliana", "Carlos", "Márcia", "Paulo", "Fernanda", "Pedro",
	"Patrícia", "Lucas", "Aline", "Luiz", "Sandra", "Marcos", "Camila", "Luís", "Amanda", "Gabriel", "Bruna", "Rafael",
	"Jéssica", "Daniel", "Letícia", "Marcelo", "Júlia", "Bruno", "Luciana", "Eduardo", "Vanessa", "Felipe", "Mariana",
	"Rodrigo", "Gabriela", "Manoel", "Vera", "Mateus", "Vitória", "André", "Larissa", "Fernando", "Cláudia", "Fábio",
	"Beatriz", "Leonardo", "Rita", "Gustavo", "Sônia", "Guilherme", "Renata", "Leandro", "Eliane", "Tiago", "Simone",
	"Anderson", "Inês", "Ricardo",
}

var familyNames = []string{
	"Silva", "Santos", "Oliveira", "Souza", "Rodrigues", "Ferreira", "Alves", "Pereira", "Lima", "Gomes", "Costa",
	"Ribeiro", "Martins", "Carvalho", "Almeida", "Lopes", "Soares", "Fernandes", "Vieira", "Barbosa", "Rocha", "Dias",
	"Nascimento", "Andrade", "Moreira", "Nunes", "Marques", "Machado", "Mendes", "Freitas", "Cardoso", "Ramos",
	"Gonçalves", "Santana", "Teixeira", "Araújo", "Moura", "Conceição", "Guimarães", "Brandão",
}

// areas are the area codes customers come with: mostly São Paulo.
var areas = []int{11, 11, 11, 11, 11, 11, 11, 12, 13, 19, 21, 31, 41}

// newPerson makes up somebody who comes for the first time.
func (b *builder) newPerson() *person {
	p := &person{loyal: 1 + b.random.IntN(3)*b.random.IntN(3), optOut: b.chance(60)}
	p.ref.Name = firstNames[b.random.IntN(len(firstNames))] + " " + familyNames[b.random.IntN(len(familyNames))]
	if b.chance(300) {
		p.ref.Name += " " + familyNames[b.random.IntN(len(familyNames))]
	}
	for p.ref.Phone == "" || b.phones[p.ref.Phone] {
		p.ref.Phone = fmt.Sprintf("+55%d9%d%03d%04d", areas[b.random.IntN(len(areas))], 6+b.random.IntN(4), b.random.IntN(1000), b.random.IntN(10_000))
	}
	b.phones[p.ref.Phone] = true
	p.ref.Consent, p.ref.Wording = engine.ConsentYes, "Podemos enviar seus cupons por SMS?"
	if b.chance(140) {
		p.ref.Consent = engine.ConsentNo
	}
	b.people = append(b.people, p)
	return p
}

// buyer is who stands at the till: nobody known, somebody new, or one of those
// who come back. New faces get rarer as the shop gets known.
func (b *builder) buyer(nth, days int) *person {
	fresh := 120 - 70*nth/days
	switch r := b.random.IntN(1000); {
	case r < 60:
		return nil
	case r < 60+fresh || len(b.people) == 0:
		return b.newPerson()
	}
	total := 0
	for _, p := range b.people {
		total += p.pull()
	}
	at := b.random.IntN(total)
	for _, p := range b.people {
		if at -= p.pull(); at < 0 {
			return p
		}
	}
	return nil
}

// pull is how much draws somebody to the shop: a third of it are the coupons.
func (p *person) pull() int {
	if p.held {
		return 2 * p.loyal
	}
	return 3 * p.loyal
}
